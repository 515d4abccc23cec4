using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Analytics.Facts;

/// <summary>How far groups of prompts fare better or worse than all together.</summary>
internal sealed class GetFairness(TenantDatabase database, TimeProvider clock)
{
    private const int MaxDays = 366;

    public async Task<GetFairnessResponse> HandleAsync(GetFairnessRequest request, Guid orgId, CancellationToken cancellation)
    {
        string name = TextRules.OneOf("dimension", request.Dimension, "language", "language", "domain", "length", "complexity", "intent", "family");
        var dimension = FactDimensions.Read("dimension", name);
        var share = Metric(request.Metric);
        var conditions = FactCondition.Read(request.Where);
        int minCount = FactReading.MinCount(request.MinCount);
        double alpha = FactReading.Alpha(request.Confidence);
        var range = CalendarReading.Buckets(request.From, request.To, request.TimeZone, "day", clock.GetUtcNow(), MaxDays);
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var groups = await QualityRows.ListAsync(transaction, range, conditions, dimension, cancellation);
        return FairnessReport.Of([.. groups.Select(g => new GroupShare(g.Group, share(g)))], minCount, alpha);
    }

    private static Func<QualitySums, Proportion> Metric(string name) => name switch
    {
        "" or "success" => g => g.Success,
        "satisfaction" => g => g.Satisfaction,
        "completion" => g => g.Completion,
        "errors" => g => new Proportion(g.Errors.Severe + g.Errors.Major + g.Errors.Minor, g.WithFeedback),
        _ => throw RequestException.Invalid("metric", "must be success, satisfaction, completion or errors"),
    };
}
