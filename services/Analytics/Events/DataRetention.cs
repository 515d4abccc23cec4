using Microsoft.Extensions.Options;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;
using DataRetentionMessage = PromptPlatform.Contracts.Analytics.V1.DataRetention;

namespace PromptPlatform.Analytics.Events;

/// <summary>How long an organisation keeps its events and facts: as long as the platform, or for fewer days of its choice. Whoever keeps days obeys it within the hour.</summary>
internal sealed class DataRetention(TenantDatabase database, IOptions<EventOptions> options)
{
    private int PlatformDays => options.Value.RetentionDays;

    /// <summary>Answers GET /v1/analytics/data-retention.</summary>
    public async Task<DataRetentionMessage> GetAsync(Guid orgId, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        return Answer(await RetentionRows.FindAsync(transaction, cancellation));
    }

    /// <summary>Answers PUT /v1/analytics/data-retention. Errors: 400 for days that are not 1 to those of the platform.</summary>
    public async Task<DataRetentionMessage> PutAsync(PutDataRetentionRequest request, Guid orgId, CancellationToken cancellation)
    {
        if (request.Days < 1 || request.Days > PlatformDays)
            throw RequestException.Invalid("days", $"must be 1 to {PlatformDays}, for which the platform keeps events");
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        await RetentionRows.SetAsync(transaction, request.Days, cancellation);
        await transaction.CommitAsync(cancellation);
        return Answer(request.Days);
    }

    /// <summary>Answers DELETE /v1/analytics/data-retention; where nothing was chosen nothing changes.</summary>
    public async Task<DataRetentionMessage> DeleteAsync(Guid orgId, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        await RetentionRows.DeleteAsync(transaction, cancellation);
        await transaction.CommitAsync(cancellation);
        return Answer(null);
    }

    // The platform may have come to keep less since the organisation chose.
    private DataRetentionMessage Answer(int? chosen) => new() { Days = Math.Min(chosen ?? PlatformDays, PlatformDays), Chosen = chosen is not null, PlatformDays = PlatformDays };
}
