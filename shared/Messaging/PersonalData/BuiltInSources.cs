using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging.PersonalData;

/// <summary>Answers that every service keeps for idempotent replay. They are copies: an export leaves them out, and they are of keys, not of actors.</summary>
internal sealed class StoredAnswersSource() : PersonalDataSource("stored_answers")
{
    public override Task<ExportPage> ExportAsync(TenantTransaction transaction, PersonalDataSubject subject, string[]? cursor, CancellationToken cancellation) => Task.FromResult(ExportPage.Empty);

    public override Task<int> EraseAsync(TenantTransaction transaction, PersonalDataSubject subject, int limit, CancellationToken cancellation) =>
        subject.IsWhole ? PersonalDataRows.EraseAnswersAsync(transaction, limit, cancellation) : Task.FromResult(0);
}

/// <summary>Exports that were made before.</summary>
internal sealed class EarlierExportsSource(ErasedSubjects subjects) : PersonalDataSource("exports")
{
    public override Task<ExportPage> ExportAsync(TenantTransaction transaction, PersonalDataSubject subject, string[]? cursor, CancellationToken cancellation) => Task.FromResult(ExportPage.Empty);

    public override Task<int> EraseAsync(TenantTransaction transaction, PersonalDataSubject subject, int limit, CancellationToken cancellation) =>
        PersonalDataRows.ErasePartsAsync(transaction, subjects.SubjectOf(subject.OrgId, subject.Actor), limit, cancellation);
}
