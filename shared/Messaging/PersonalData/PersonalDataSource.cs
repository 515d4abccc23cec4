using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging.PersonalData;

/// <summary>One kind of data that a service holds of people. It is exported and erased page by page, each page in a transaction of its own.</summary>
/// <param name="what">Its name in receipts and exports, such as <c>enhancements</c>.</param>
public abstract class PersonalDataSource(string what)
{
    /// <summary>Its name in receipts and exports.</summary>
    public string What => what;

    /// <summary>The next page of an export.</summary>
    /// <param name="transaction">A transaction of the organisation.</param>
    /// <param name="subject">Whose data.</param>
    /// <param name="cursor">Where the page before ended; null: the first.</param>
    /// <param name="cancellation">Stops it.</param>
    public abstract Task<ExportPage> ExportAsync(TenantTransaction transaction, PersonalDataSubject subject, string[]? cursor, CancellationToken cancellation);

    /// <summary>Erases up to <paramref name="limit"/> rows and answers how many; fewer than the limit means that nothing is left.</summary>
    public abstract Task<int> EraseAsync(TenantTransaction transaction, PersonalDataSubject subject, int limit, CancellationToken cancellation);
}

/// <summary>A page of an export.</summary>
/// <param name="Rows">JSON objects, one per row.</param>
/// <param name="Next">Where the next page begins; null: there is none.</param>
public sealed record ExportPage(IReadOnlyList<string> Rows, string[]? Next)
{
    /// <summary>Nothing.</summary>
    public static ExportPage Empty { get; } = new([], null);
}
