using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Ours;

/// <summary>A root, a server's and a client's certificate, made for this run, as PEM files.</summary>
internal static class TestCertificates
{
    private static readonly Lazy<string> Folder = new(Make);

    public static Security Server => new(PathOf("root.pem"), PathOf("server.pem"), PathOf("server.key"));

    /// <summary>The server asks for a certificate of the same root.</summary>
    public static Security MutualServer => Server with { Mutual = true };

    /// <summary>Trusts the root and shows nothing.</summary>
    public static Security Client => new(PathOf("root.pem"), null, null);

    public static Security ClientWithCertificate => new(PathOf("root.pem"), PathOf("client.pem"), PathOf("client.key"));

    /// <summary>Shows a certificate that the server's root did not issue.</summary>
    public static Security StrangeClient => new(PathOf("root.pem"), PathOf("stranger.pem"), PathOf("stranger.key"));

    /// <summary>Trusts another root only.</summary>
    public static Security DistrustfulClient => new(PathOf("other.pem"), null, null);

    public static X509Certificate2 Load(string certificate, string key) => X509Certificate2.CreateFromPemFile(certificate, key);

    public static X509ChainPolicy Policy(string roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(roots);
        return policy;
    }

    public static bool IsIssuedBy(X509Certificate2 certificate, string roots)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(roots) };
        return chain.Build(certificate);
    }

    private static string PathOf(string file) => Path.Combine(Folder.Value, file);

    private static string Make()
    {
        string folder = Directory.CreateDirectory(Path.Combine(TestContext.CurrentContext.WorkDirectory, "interop-certificates")).FullName;
        using X509Certificate2 root = MakeRoot("CN=interop root");
        using X509Certificate2 other = MakeRoot("CN=other root");
        File.WriteAllText(Path.Combine(folder, "root.pem"), root.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "other.pem"), other.ExportCertificatePem());
        Issue(folder, "server", root);
        Issue(folder, "client", root);
        Issue(folder, "stranger", other);
        return folder;
    }

    private static X509Certificate2 MakeRoot(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
    }

    private static void Issue(string folder, string name, X509Certificate2 root)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=interop {name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.Create(root, now.AddHours(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Path.Combine(folder, name + ".pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, name + ".key"), key.ExportPkcs8PrivateKeyPem());
    }
}
