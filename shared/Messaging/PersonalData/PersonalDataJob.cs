namespace PromptPlatform.Messaging.PersonalData;

/// <summary>The work of one request in one service, and how far it is.</summary>
/// <param name="Kind">export or erasure.</param>
/// <param name="Subject">The hash of whom it is about; empty: the organisation as a whole.</param>
/// <param name="Actor">The encrypted actor; null: the organisation as a whole.</param>
/// <param name="Source">The source that it is at.</param>
/// <param name="Cursor">Where in it.</param>
/// <param name="Found">Rows so far by name of the source.</param>
/// <param name="Parts">Parts of an export so far.</param>
/// <param name="Sweeps">How often an erasure looked again for what came late.</param>
/// <param name="FinishedAt">When the receipt was sent.</param>
internal sealed record PersonalDataJob(
    Guid RequestId, string Kind, byte[] Subject, byte[]? Actor, int Source, string[]? Cursor, IReadOnlyDictionary<string, long> Found, int Parts, int Sweeps,
    DateTimeOffset NextRunAt, DateTimeOffset? FinishedAt)
{
    public const string Export = "export";
    public const string Erasure = "erasure";

    /// <summary>How long an export can be fetched.</summary>
    public static readonly TimeSpan ExportKept = TimeSpan.FromDays(7);

    // After the receipt: requests that were under way, tokens that were still good, then events as late as they are taken (35 days).
    private static readonly TimeSpan[] s_sweeps =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), .. Enumerable.Repeat(TimeSpan.FromDays(1), 36)];

    /// <summary>The wait before the next sweep; null when there is none any more.</summary>
    public TimeSpan? NextSweep => Sweeps < s_sweeps.Length ? s_sweeps[Sweeps] : null;

    public bool IsExport => Kind == Export;

    /// <summary>The job after some rows of a source.</summary>
    /// <param name="next">Where the source goes on; null and <paramref name="ended"/>: with the next source.</param>
    public PersonalDataJob After(string what, int rows, string[]? next, bool ended)
    {
        var found = new Dictionary<string, long>(Found, StringComparer.Ordinal);
        // What a sweep finds came after the receipt and does not change it.
        if (FinishedAt is null)
            found[what] = found.GetValueOrDefault(what) + rows;
        return this with { Found = found, Cursor = next, Source = ended ? Source + 1 : Source };
    }
}
