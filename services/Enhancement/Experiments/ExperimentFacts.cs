namespace PromptPlatform.Enhancement.Experiments;

/// <summary>What an enhancement brings to the question whether it takes part.</summary>
/// <param name="Intent">As it was read.</param>
/// <param name="Domain">As it was read.</param>
/// <param name="Language">As it was read.</param>
/// <param name="Family">Of the target model.</param>
/// <param name="EndUser">Whom a product asks for, as its own metadata says; empty when it does not.</param>
internal sealed record ExperimentFacts(string Intent, string Domain, string Language, string Family, string EndUser = "")
{
    /// <summary>The metadata that names the end user.</summary>
    public const string EndUserKey = "user";
}
