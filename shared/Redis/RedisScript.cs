using System.Security.Cryptography;
using System.Text;

namespace PromptPlatform.Redis;

/// <summary>A Lua script, known to the server by the SHA-1 of its text.</summary>
/// <param name="text">The script.</param>
public sealed class RedisScript(string text)
{
    /// <summary>Its text.</summary>
    public string Text => text;

    /// <summary>Its name at the server.</summary>
#pragma warning disable CA5350 // Redis names scripts by SHA-1; nothing is protected by it.
    public string Hash { get; } = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
}
