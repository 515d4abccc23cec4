using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PromptPlatform.ServiceDefaults.Tests.Tls;

/// <summary>Issues certificates as an authority of a fleet does.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string ServerUse = "1.3.6.1.5.5.7.3.1";
    public const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _certificate;
    private readonly string _chainPem;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _certificate = Request("CN=authority " + Guid.NewGuid(), key, authority: true).CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
        _chainPem = "";
    }

    private TestAuthority(X509Certificate2 certificate)
    {
        _certificate = certificate;
        _chainPem = certificate.ExportCertificatePem();
    }

    public static DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>A certificate of this authority; by default of a service on this machine, valid now, for both sides.</summary>
    public TestCertificate Issue(string name = "localhost", DateTimeOffset? from = null, DateTimeOffset? until = null, params string[] uses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request("CN=" + name, key, authority: false);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. (uses.Length > 0 ? uses : [ServerUse, ClientUse]).Select(use => new Oid(use))], critical: false));
        using var certificate = request.Create(_certificate, from ?? Now.AddDays(-30), until ?? Now.AddDays(30), RandomNumberGenerator.GetBytes(12));
        return new TestCertificate(certificate.ExportCertificatePem() + "\n" + _chainPem, key.ExportPkcs8PrivateKeyPem(), certificate.Thumbprint);
    }

    /// <summary>An authority below this one; its certificates bring it along.</summary>
    public TestAuthority Intermediate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request("CN=intermediate", key, authority: true).Create(_certificate, Now.AddDays(-60), Now.AddDays(60), RandomNumberGenerator.GetBytes(12));
        return new TestAuthority(certificate.CopyWithPrivateKey(key));
    }

    public void Dispose() => _certificate.Dispose();

    private static CertificateRequest Request(string subject, ECDsa key, bool authority) => new(subject, key, HashAlgorithmName.SHA256)
    {
        CertificateExtensions = { new X509BasicConstraintsExtension(authority, false, 0, critical: true) },
    };
}
