using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Analytics.Facts;

/// <summary>What enhancements with a technique led to, beside those of the same intent and family without it.</summary>
internal sealed class GetTechniqueEffects(TenantDatabase database, TimeProvider clock)
{
    private const int MaxTechnique = 128;
    private const int DefaultLimit = 200;
    private const int MaxLimit = 1000;
    private const int MaxDays = 366;

    public async Task<GetTechniqueEffectsResponse> HandleAsync(GetTechniqueEffectsRequest request, Guid orgId, CancellationToken cancellation)
    {
        var conditions = FactCondition.Read(request.Where);
        if (conditions.Any(c => c.Dimension == FactDimension.Technique))
            throw RequestException.Invalid("where", "asks for a technique, which would leave nothing to compare with; send it as technique");
        if (request.Technique.Length > MaxTechnique || request.Technique.Any(char.IsControl))
            throw RequestException.Invalid("technique", $"can be no technique's id; send up to {MaxTechnique} characters");
        int minCount = FactReading.MinCount(request.MinCount);
        double z = FactReading.Z(FactReading.Alpha(request.Confidence));
        int limit = TextRules.PageSize(request.Limit, DefaultLimit, MaxLimit);
        var range = CalendarReading.Buckets(request.From, request.To, request.TimeZone, "day", clock.GetUtcNow(), MaxDays);
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var cells = await TechniqueRows.ListAsync(transaction, range, conditions, request.Technique, limit, cancellation);
        var response = new GetTechniqueEffectsResponse { HasMore = cells.Count > limit };
        response.Data.AddRange(cells.Take(limit).Select(cell => Effect(cell, minCount, z)));
        return response;
    }

    private static TechniqueEffect Effect(TechniqueCell cell, int minCount, double z)
    {
        var effect = new TechniqueEffect
        {
            Technique = cell.Technique,
            Intent = cell.Intent,
            Family = cell.Family,
            Applied = cell.Applied.ToShare(z),
            Baseline = cell.Baseline.ToShare(z),
            Enough = cell.Applied.Of >= minCount && cell.Baseline.Of >= minCount,
        };
        if (!effect.Enough)
            return effect;
        effect.Difference = cell.Applied.Rate - cell.Baseline.Rate;
        (effect.Low, effect.High) = cell.Applied.DifferenceInterval(cell.Baseline, z);
        return effect;
    }
}
