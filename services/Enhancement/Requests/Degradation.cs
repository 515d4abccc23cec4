namespace PromptPlatform.Enhancement.Requests;

/// <summary>What was away while an answer was made; any of it makes the answer degraded, never an error.</summary>
internal static class Degradation
{
    /// <param name="classification">Rules read the prompt in the model's place.</param>
    /// <param name="policy">The organisation's overlay could not be read again.</param>
    public static IReadOnlyList<string> Of(bool classification, bool policy) => (classification, policy) switch
    {
        (false, false) => [],
        (true, false) => ["classification"],
        (false, true) => ["policy"],
        (true, true) => ["classification", "policy"],
    };
}
