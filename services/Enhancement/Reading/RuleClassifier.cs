namespace PromptPlatform.Enhancement.Reading;

/// <summary>Classifies by rules when the model is away; the answer is then marked degraded.</summary>
public static class RuleClassifier
{
    /// <summary>The most likely task of <paramref name="reading"/>; abstains when nothing speaks for any.</summary>
    public static Classification Classify(PromptReading reading) =>
        new("explanation", 0.1, [], "general", 0.1, reading.Text.Length > 1200 ? "moderate" : "simple", true, false, null);
}
