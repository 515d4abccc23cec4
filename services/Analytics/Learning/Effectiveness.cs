namespace PromptPlatform.Analytics.Learning;

/// <summary>What is meant: a technique for prompts of an intent, written for a family of models.</summary>
/// <param name="Technique">Id in the catalogue; <see cref="Usual"/> stands for whatever was applied.</param>
/// <param name="Intent">One of the 16; empty: whichever.</param>
/// <param name="Target">gpt, claude, gemini, llama or generic; empty: whichever.</param>
internal sealed record LearningCell(string Technique, string Intent, string Target)
{
    /// <summary>In place of a technique: what enhancements of this intent and target usually come to.</summary>
    public const string Usual = "*";
}

/// <summary>How well a technique works for one organisation.</summary>
/// <param name="Cell">What is meant.</param>
/// <param name="Prior">Believed before the organisation's own outcomes.</param>
/// <param name="Own">The organisation's outcomes since its last reset.</param>
/// <param name="Common">What all know, where that may be told; then the prior comes from it, else from the catalogue's evidence.</param>
internal sealed record Effectiveness(LearningCell Cell, BetaPosterior Prior, Credit Own, CommonBelief? Common)
{
    /// <summary>Believed now.</summary>
    public BetaPosterior Posterior { get; } = Prior.After(Own);

    /// <summary>
    /// The organisation's belief, shrunk to that of all: Beta(κμ + s, κ(1-μ) + n - s), where μ is the mean of all, κ its weight and s of n outcomes the
    /// organisation's own. Where all may not be told, the catalogue's prior takes the place of Beta(κμ, κ(1-μ)).
    /// </summary>
    /// <remarks>Empirical Bayes for binomial shares: Casella, The American Statistician 39, 1985, 83-87; Gelman et al., Bayesian Data Analysis, 3rd edition, 5.1-5.3.</remarks>
    public static Effectiveness Of(LearningCell cell, Credit own, CommonBelief? common) =>
        new(cell, common is null ? TechniquePriors.Of(cell.Technique) : BetaPosterior.Of(common.Posterior.Mean, common.Weight), own, common);
}
