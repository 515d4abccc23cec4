namespace PromptPlatform.ServiceDefaults.Tests.Tls;

/// <summary>The files of one service.</summary>
internal sealed class TlsFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("tls").FullName;

    public TlsFolder(TestCertificate? certificate, params TestAuthority[] authorities)
    {
        if (certificate is not null)
            Put(certificate);
        Trust(authorities);
    }

    public string CertificateFile => Path.Combine(_path, "tls.crt");

    public string KeyFile => Path.Combine(_path, "tls.key");

    public string AuthorityFile => Path.Combine(_path, "ca.crt");

    public string[] Settings =>
    [
        .. File.Exists(CertificateFile) ? new[] { $"--Tls:CertificateFile={CertificateFile}", $"--Tls:KeyFile={KeyFile}" } : [],
        $"--Tls:AuthorityFile={AuthorityFile}", "--Tls:CheckEvery=00:00:01",
    ];

    public void Put(TestCertificate certificate)
    {
        File.WriteAllText(CertificateFile, certificate.CertificatePem);
        File.WriteAllText(KeyFile, certificate.KeyPem);
    }

    public void Trust(params TestAuthority[] authorities) => File.WriteAllText(AuthorityFile, string.Join('\n', authorities.Select(authority => authority.Pem)));

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
