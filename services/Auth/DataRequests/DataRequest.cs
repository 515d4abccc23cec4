using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Auth.DataRequests;

/// <summary>A request to export or to erase data.</summary>
/// <param name="Id">Its id; later ones sort later.</param>
/// <param name="Kind">export or erasure.</param>
/// <param name="Services">Who must answer.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record DataRequest(Guid Id, string Kind, string[] Services, DateTimeOffset CreatedAt)
{
    public const string Prefix = "dr";
    public const string Noun = "data request";
    public const string Export = "export";
    public const string Erasure = "erasure";

    /// <summary>How long an export can be fetched from when its service is done.</summary>
    public static readonly TimeSpan ExportKept = TimeSpan.FromDays(7);

    private const int MaxActor = 128;

    // Billing keeps sums per month and organisation, and Inference nothing at all.
    private static readonly string[] s_services = ["analytics", "auth", "catalog", "enhancement"];

    /// <summary>The encrypted actor; null: the organisation as a whole, or forgotten.</summary>
    public byte[]? Actor { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    public IReadOnlyList<DataReceipt> Receipts { get; init; } = [];

    public static DataRequest Make(string kind, DateTimeOffset now) => new(Guid.CreateVersion7(now), kind, s_services, now);

    /// <summary>Refuses what can be no actor of an event.</summary>
    public static void CheckActor(string actor)
    {
        if (actor.Length > MaxActor || actor.Any(char.IsControl))
            throw RequestException.Invalid("actor", $"must be up to {MaxActor} characters without control characters, as in your events; leave it out for the whole organisation");
    }
}

/// <summary>The receipt of one service.</summary>
internal sealed record DataReceipt(string Service, DateTimeOffset DoneAt, IReadOnlyList<PersonalDataCount> Data);
