using System.Security.Cryptography;
using System.Text;

namespace PromptPlatform.Gateway.Tests.Upstreams;

/// <summary>API keys in Auth's format.</summary>
internal static class TestKeys
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string Make(string prefix = "pp_test_")
    {
        string body = prefix + RandomNumberGenerator.GetString(Base62, 43);
        ulong rest = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes("checksum:" + body)));
        for (int i = 0; i < 6; i++, rest /= 62)
            body += Base62[(int)(rest % 62)];
        return body;
    }
}
