using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Messaging.PersonalData;

/// <summary>Hands out what this service gathered for an export: NDJSON, one part at a time.</summary>
public sealed class DownloadPersonalData(TenantDatabase database, PromptCipher cipher)
{
    /// <summary>Content type of an export.</summary>
    public const string ContentType = "application/x-ndjson";

    /// <summary>Writes the parts in order; an export of nothing is one empty part. Errors: 404, and 409 <c>export_pending</c> while it is being made.</summary>
    public async Task HandleAsync(string id, Guid orgId, Func<byte[], Task> write, CancellationToken cancellation)
    {
        var requestId = PublicId.Parse("dr", "data request", id);
        PersonalDataJob? job;
        await using (var transaction = await database.BeginAsync(orgId, cancellation))
            job = await PersonalDataRows.FindAsync(transaction, requestId, cancellation);
        if (job is null || !job.IsExport)
            throw RequestException.NotFound("export (it ends after seven days)", id);
        if (job.FinishedAt is null)
            throw RequestException.Conflict("export_pending", "the export is being made; ask again in a moment", TimeSpan.FromSeconds(2));
        if (job.Parts == 0)
            await write([]);
        for (int part = 0; part < job.Parts; part++)
            await write(await ReadAsync(orgId, requestId, part, cancellation));
    }

    private async Task<byte[]> ReadAsync(Guid orgId, Guid requestId, int part, CancellationToken cancellation)
    {
        // A transaction per part: the reader may take its time.
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        byte[] content = await PersonalDataRows.PartAsync(transaction, requestId, part, cancellation) ?? throw RequestException.NotFound("export (its data were erased since)", PublicId.Format("dr", requestId));
        return await cipher.DecryptAsync(orgId, requestId, PersonalDataWork.PlaceOf(part), content, cancellation);
    }
}
