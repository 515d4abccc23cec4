using System.Text;
using PromptPlatform.Events;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging.PersonalData;

/// <summary>Takes a request on: an erasure counts from here on for all that comes late, and the work itself is done afterwards, however much it is.</summary>
internal sealed class BeginDataRequest(ErasedSubjects subjects, PlatformCipher cipher, TimeProvider clock) : IEventConsumer<AccountExportRequested>, IEventConsumer<AccountErased>
{
    /// <summary>What binds an encrypted actor to its place.</summary>
    public const string ActorPlace = "personal_data_jobs.actor";

    public Task ConsumeAsync(AccountExportRequested happened, TenantTransaction transaction, CancellationToken cancellation) =>
        PersonalDataRows.AddAsync(transaction, Job(happened, happened.Actor, PersonalDataJob.Export), cancellation);

    public async Task ConsumeAsync(AccountErased happened, TenantTransaction transaction, CancellationToken cancellation)
    {
        var job = Job(happened, happened.Actor, PersonalDataJob.Erasure);
        await ErasedSubjectRows.AddAsync(transaction, job.Subject, happened.At, cancellation);
        await PersonalDataRows.AddAsync(transaction, job, cancellation);
    }

    private PersonalDataJob Job(IDataRequestEvent happened, string actor, string kind)
    {
        // Not with the organisation's data key: that key is erased with the organisation.
        byte[]? sealedActor = actor.Length == 0 ? null : cipher.Seal(happened.RequestId, ActorPlace, Encoding.UTF8.GetBytes(actor));
        return new PersonalDataJob(happened.RequestId, kind, subjects.SubjectOf(happened.OrgId, actor), sealedActor, 0, null, new Dictionary<string, long>(), 0, 0, clock.GetUtcNow(), null);
    }
}
