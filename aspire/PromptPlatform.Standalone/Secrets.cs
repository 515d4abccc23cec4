using System.Security.Cryptography;

namespace PromptPlatform.Standalone;

/// <summary>Secrets of this installation: made by the first start, kept in <c>secrets/</c> (mode 0600), never logged.</summary>
internal sealed class Secrets(DataFolder data)
{
    private const int Bytes = 32;

    /// <summary>A file with 32 random bytes in base64, such as the master key.</summary>
    public string FileOf(string name)
    {
        var path = data.Under("secrets", name);
        if (!File.Exists(path))
        {
            PrivateFiles.CreateFolder(data.Under("secrets"));
            PrivateFiles.Write(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));
        }

        return path;
    }

    /// <summary>The text of such a file.</summary>
    public string Of(string name) => File.ReadAllText(FileOf(name)).Trim();
}
