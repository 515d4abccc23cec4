using System.Security.Cryptography;
using System.Text;
using PromptPlatform.Messaging.PersonalData;

namespace PromptPlatform.Enhancement.Storage;

/// <summary>How rows tell whose they are: the caller by its id, an end user by a hash within the organisation.</summary>
/// <param name="Actor">The caller's id.</param>
/// <param name="EndUserHash">SHA-256 of the organisation's id and the end user; null where metadata named nobody.</param>
internal sealed record EnhancementPerson(string Actor, byte[]? EndUserHash)
{
    /// <summary>Of one request.</summary>
    public static EnhancementPerson Of(Guid orgId, string actor, string endUser) => new(actor, endUser.Length == 0 ? null : Hash(orgId, endUser));

    /// <summary>The rows of a subject: those that it asked for, and those that were asked for in its name; null for the whole organisation.</summary>
    public static EnhancementPerson? Of(PersonalDataSubject subject) => subject.IsWhole ? null : new(subject.Actor, Hash(subject.OrgId, subject.Actor));

    private static byte[] Hash(Guid orgId, string endUser) => SHA256.HashData([.. orgId.ToByteArray(), .. Encoding.UTF8.GetBytes(endUser)]);
}
