using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Facts;

/// <summary>Sums of facts as figures of quality.</summary>
internal static class QualityMapping
{
    public static QualityGroup ToGroup(QualitySums sums, FirstSuccessSums? first, double z)
    {
        var (severe, major, minor) = sums.Errors;
        long errors = severe + major + minor;
        var group = new QualityGroup
        {
            Group = sums.Group ?? "",
            Other = sums.Group is null,
            Enhancements = sums.Enhancements,
            WithFeedback = sums.WithFeedback,
            Success = sums.Success.ToShare(z),
            Satisfaction = sums.Satisfaction.ToShare(z),
            Completion = sums.Completion.ToShare(z),
            Errors = new Proportion(errors, sums.WithFeedback).ToShare(z),
            Severity = new ErrorSeverity { Severe = severe, Major = major, Minor = minor },
            Stars = { sums.Stars.Select(n => (double)n) },
            Degraded = new Proportion(sums.Degraded, sums.Enhancements).ToShare(z),
            FirstSuccess = ToFirst(first),
        };
        if (errors > 0)
            group.Severity.Mean = (3.0 * severe + 2.0 * major + minor) / errors;
        if (sums.Stars.Sum() is > 0 and var given)
            group.MeanStars = (double)sums.Stars.Select((n, i) => n * (i + 1)).Sum() / given;
        if (sums.CostUsd is { } cost)
            group.CostUsd = (double)cost;
        if (sums.PricedCompleted > 0)
            group.CostPerSuccessUsd = (double)(sums.OutcomeCostUsd / sums.PricedCompleted);
        return group;
    }

    private static FirstSuccess ToFirst(FirstSuccessSums? sums)
    {
        var first = new FirstSuccess { Actors = sums?.Actors ?? 0, Succeeded = sums?.Succeeded ?? 0 };
        if (sums?.MedianSeconds is { } seconds)
            first.MedianSeconds = seconds;
        if (sums?.MedianAttempts is { } attempts)
            first.MedianAttempts = attempts;
        return first;
    }
}
