using System.Security.Cryptography;
using System.Text;

namespace PromptPlatform.Enhancement.Learning;

/// <summary>An organisation's learning, switched on: what travels with a prompt through the engine.</summary>
/// <param name="OrgId">The organisation.</param>
/// <param name="Snapshot">What it has learned.</param>
internal sealed record OrganizationLearning(Guid OrgId, LearningSnapshot Snapshot)
{
    /// <summary>The draws for a prompt. The same organisation, snapshot and prompt give the same ones.</summary>
    public LearnedChoice For(string prompt, string intent, string target)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(OrgId.ToByteArray(bigEndian: true));
        // A hash of the version, so that version and prompt cannot run into each other.
        hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(Snapshot.Version)));
        hash.AppendData(Encoding.UTF8.GetBytes(prompt));
        return new LearnedChoice(Snapshot, hash.GetHashAndReset(), intent, target);
    }
}
