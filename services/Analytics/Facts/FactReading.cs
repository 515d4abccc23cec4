using PromptPlatform.Analytics.Experiments.Statistics;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Analytics.Facts;

/// <summary>Reads what questions about facts have in common.</summary>
internal static class FactReading
{
    private const double DefaultConfidence = 0.95;
    private const double MinConfidence = 0.5;
    private const double MaxConfidence = 0.999;
    private const int DefaultCount = 30;
    private const int MaxCount = 100_000;

    /// <summary>The probability outside the intervals: 0.05 for a confidence of 0.95; 0 stands for the default.</summary>
    public static double Alpha(double confidence) => confidence == 0 ? 1 - DefaultConfidence
        : confidence is >= MinConfidence and <= MaxConfidence ? 1 - confidence
        : throw RequestException.Invalid("confidence", "must be 0.5 to 0.999, such as 0.95");

    /// <summary>The quantile of the normal distribution for intervals that leave out this probability, half on either side.</summary>
    public static double Z(double alpha) => Normal.Quantile(1 - alpha / 2);

    /// <summary>How many a comparison needs; 0 stands for the default.</summary>
    public static int MinCount(int count) => count == 0 ? DefaultCount
        : count is >= 1 and <= MaxCount ? count
        : throw RequestException.Invalid("minCount", $"must be 1 to {MaxCount}");
}
