using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PromptPlatform.Events;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging.PersonalData;

/// <summary>
/// Does the work of requests a step at a time. A step, its counts and how far it came commit together, so a crash repeats nothing and
/// loses nothing; the receipt commits with the last step.
/// </summary>
internal sealed class PersonalDataWork(
    TenantDatabase database, IEnumerable<PersonalDataSource> sources, DataKeys keys, PromptCipher cipher, PlatformCipher platform, PersonalDataService service, TimeProvider clock,
    ILogger<PersonalDataWork> logger)
{
    private const int MaxJobs = 16;
    private const int EraseRows = 5000;

    private readonly PersonalDataSource[] _sources = [.. sources];

    /// <summary>Works on what is due until it is done; answers how many jobs were due.</summary>
    public async Task<int> RunDueAsync(CancellationToken cancellation)
    {
        var due = await DueAsync(cancellation);
        foreach (var (orgId, requestId) in due)
            await RunAsync(orgId, requestId, cancellation);
        return due.Count;
    }

    private async Task<IReadOnlyList<(Guid OrgId, Guid RequestId)>> DueAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginPlatformAsync(PersonalDataRows.Purpose, cancellation);
        return await PersonalDataRows.DueAsync(transaction, clock.GetUtcNow(), MaxJobs, cancellation);
    }

    private async Task RunAsync(Guid orgId, Guid requestId, CancellationToken cancellation)
    {
        try
        {
            while (await StepAsync(orgId, requestId, cancellation))
                cancellation.ThrowIfCancellationRequested();
        }
        catch (Exception error) when (error is not (Npgsql.NpgsqlException or OperationCanceledException))
        {
            // One request that cannot be worked on must not hold up those of others.
            logger.DataRequestFailed(requestId, error);
            await PostponeAsync(orgId, requestId, cancellation);
        }
    }

    /// <summary>One step; false when there is none to do now.</summary>
    private async Task<bool> StepAsync(Guid orgId, Guid requestId, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        if (await PersonalDataRows.TryLockAsync(transaction, requestId, cancellation) is not { } job || job.NextRunAt > clock.GetUtcNow())
            return false;
        await using var batch = transaction.Batch();
        bool more = job.Source < _sources.Length && !(job.IsExport && job.FinishedAt is not null);
        if (!more)
            await EndAsync(batch, orgId, job, cancellation);
        else if (job.IsExport)
            await ExportAsync(batch, transaction, job, cancellation);
        else
            await EraseAsync(batch, transaction, job, cancellation);
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return more;
    }

    private async Task ExportAsync(Npgsql.NpgsqlBatch batch, TenantTransaction transaction, PersonalDataJob job, CancellationToken cancellation)
    {
        var source = _sources[job.Source];
        var page = await source.ExportAsync(transaction, SubjectOf(transaction.OrgId, job), job.Cursor, cancellation);
        var next = job.After(source.What, page.Rows.Count, page.Next, ended: page.Next is null);
        if (page.Rows.Count > 0)
        {
            string lines = string.Concat(page.Rows.Select(row => $"{{\"service\":{JsonSerializer.Serialize(service.Name)},\"kind\":{JsonSerializer.Serialize(source.What)},\"data\":{row}}}\n"));
            PersonalDataRows.AddPart(batch, transaction.OrgId, job.RequestId, job.Parts, await cipher.EncryptAsync(transaction.OrgId, job.RequestId, PlaceOf(job.Parts), lines, cancellation));
            next = next with { Parts = job.Parts + 1 };
        }
        PersonalDataRows.Save(batch, transaction.OrgId, next);
    }

    private async Task EraseAsync(Npgsql.NpgsqlBatch batch, TenantTransaction transaction, PersonalDataJob job, CancellationToken cancellation)
    {
        var subject = SubjectOf(transaction.OrgId, job);
        int rows = 0;
        // Sources that have nothing need no step of their own: most sweeps find nothing anywhere.
        while (rows == 0 && job.Source < _sources.Length)
        {
            var source = _sources[job.Source];
            rows = await source.EraseAsync(transaction, subject, EraseRows, cancellation);
            if (rows > 0 && job.FinishedAt is not null)
                logger.LateDataErased(job.RequestId, source.What, rows);
            job = job.After(source.What, rows, null, ended: rows < EraseRows);
        }
        PersonalDataRows.Save(batch, transaction.OrgId, job);
    }

    private async Task EndAsync(Npgsql.NpgsqlBatch batch, Guid orgId, PersonalDataJob job, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!job.IsExport && job.Subject.Length == 0)
            await keys.EraseAsync(orgId, cancellation);
        var next = job.IsExport ? job with { NextRunAt = now + PersonalDataJob.ExportKept } : job with { Source = 0, Sweeps = job.Sweeps + 1, NextRunAt = now + (job.NextSweep ?? TimeSpan.Zero) };
        if (job.FinishedAt is not null && (job.IsExport || job.NextSweep is null))
        {
            PersonalDataRows.Delete(batch, orgId, job.RequestId);
            return;
        }
        PersonalDataRows.Save(batch, orgId, next with { FinishedAt = job.FinishedAt ?? now });
        if (job.FinishedAt is null)
            batch.Announce(new PersonalDataHandled(Guid.CreateVersion7(now), now, orgId, job.RequestId, job.Kind, service.Name, [.. _sources.Select(s => new PersonalDataCount(s.What, job.Found.GetValueOrDefault(s.What)))]));
    }

    private async Task PostponeAsync(Guid orgId, Guid requestId, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        if (await PersonalDataRows.TryLockAsync(transaction, requestId, cancellation) is not { } job)
            return;
        await using var batch = transaction.Batch();
        PersonalDataRows.Save(batch, orgId, job with { NextRunAt = clock.GetUtcNow() + TimeSpan.FromMinutes(1) });
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>What binds an encrypted part to its place.</summary>
    public static string PlaceOf(int part) => $"personal_data_parts.{part}";

    private PersonalDataSubject SubjectOf(Guid orgId, PersonalDataJob job) =>
        new(orgId, job.Actor is null ? "" : Encoding.UTF8.GetString(platform.Open(job.RequestId, BeginDataRequest.ActorPlace, job.Actor)));
}

/// <summary>The service that this host runs, as receipts name it.</summary>
internal sealed record PersonalDataService(string Name);
