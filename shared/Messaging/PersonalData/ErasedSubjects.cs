using System.Text;
using PromptPlatform.Events;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging.PersonalData;

/// <summary>Tells whose data were erased. What is remembered of an actor is a keyed hash, of no use to find out who it was.</summary>
public sealed class ErasedSubjects(PromptCipher cipher)
{
    private static readonly byte[] s_whole = [];

    /// <summary>Of some actors those whose data were erased.</summary>
    public async Task<IReadOnlySet<string>> AmongAsync(TenantTransaction transaction, IEnumerable<string> actors, CancellationToken cancellation)
    {
        var bySubject = actors.Where(actor => actor.Length > 0).Distinct(StringComparer.Ordinal).ToDictionary(actor => Convert.ToHexString(SubjectOf(transaction.OrgId, actor)), StringComparer.Ordinal);
        var erased = await ErasedSubjectRows.AmongAsync(transaction, [.. bySubject.Keys.Select(Convert.FromHexString)], cancellation);
        return erased.Select(subject => bySubject[Convert.ToHexString(subject)]).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What stands for an actor, or for the organisation as a whole, in the database.</summary>
    internal byte[] SubjectOf(Guid orgId, string actor) => actor.Length == 0 ? s_whole : cipher.Fingerprint(Encoding.UTF8.GetBytes($"actor\n{orgId:N}\n{actor}"));

    /// <summary>Whom an event tells of.</summary>
    internal byte[][] SubjectsOf(IPlatformEvent happened) => happened switch
    {
        IDataRequestEvent => [],
        IActorEvent { Actor.Length: > 0 } known => [s_whole, SubjectOf(known.OrgId, known.Actor)],
        _ => [s_whole],
    };
}
