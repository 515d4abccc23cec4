namespace PromptPlatform.Enhancement.Learning;

/// <summary>What an organisation's outcomes say of a technique, for an intent and a target family.</summary>
/// <param name="Alpha">Pseudo-counts of success, above 0.</param>
/// <param name="Beta">Pseudo-counts of failure, above 0.</param>
/// <param name="Lower">Lower end of the interval that holds the share with 95 %.</param>
/// <param name="Upper">Upper end of it.</param>
/// <param name="Outcomes">The organisation's own outcomes in it; shares of enhancements, so no whole number.</param>
/// <param name="PriorMean">What was believed before them.</param>
/// <param name="PriorWeight">How many outcomes that belief weighs.</param>
/// <param name="PriorOfAll">Whether that belief comes from all organisations; else from the evidence in the catalogue.</param>
internal sealed record LearnedShare(double Alpha, double Beta, double Lower, double Upper, double Outcomes, double PriorMean, double PriorWeight, bool PriorOfAll)
{
    // Fewer own outcomes say too little to speak against the policy.
    private const double EnoughOutcomes = 20;

    /// <summary>The share of success to be expected.</summary>
    public double Mean => Alpha / (Alpha + Beta);

    /// <summary>Whether the outcomes say with 97.5 % that it comes to less than <paramref name="usual"/>.</summary>
    public bool FallsBehind(LearnedShare usual) => Upper < usual.Mean && (PriorOfAll || Outcomes >= EnoughOutcomes);

    /// <summary>The numbers, for the reason that the user reads.</summary>
    public string Numbers => FormattableString.Invariant(
        $"{Mean:P0} success expected (95 % interval {Lower:P0} to {Upper:P0}), from {Outcomes:0.#} outcomes of your organisation and a prior of {PriorMean:P0} worth {PriorWeight:0} outcomes from {(PriorOfAll ? "all organisations" : "the published evidence")}.");
}
