using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>Behind TLS the wire is as strict: the guards stand on the inside of it, and one port speaks both versions.</summary>
internal sealed class TlsWireTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-tls").FullName;
    private TestGateway _gateway = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        string Put(string name, string pem)
        {
            File.WriteAllText(Path.Combine(_folder, name), pem);
            return Path.Combine(_folder, name);
        }
        string file = Put("tls.crt", certificate.ExportCertificatePem());
        _gateway = await TestGateway.StartAsync("--Tls:CertificateFile=" + file, "--Tls:KeyFile=" + Put("tls.key", key.ExportPkcs8PrivateKeyPem()), "--Tls:AuthorityFile=" + file);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _gateway.DisposeAsync();
        _gateway.Errors.Verify();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase("GET /health/live HTTP/1.1\r\nHost : gateway\r\n\r\n")]
    [TestCase("GET /health/live HTTP/1.1\nHost: gateway\n\n")]
    public async Task Http11_ThatIsMalformed_IsAProblem(string bytes)
    {
        var answer = (await RawConnection.ExchangeAsync(_gateway.Ports.Http, bytes)).Single();

        Assert.That((answer.Status, answer.Code, answer.SaysClose), Is.EqualTo((400, "invalid_request", true)));
    }

    [Test]
    public async Task Http2_ThatFloods_LosesItsConnection([Values] bool grpc)
    {
        using var connection = await H2Connection.OpenAsync(grpc ? _gateway.Ports.Grpc : _gateway.Ports.Http);

        bool closed = await connection.FloodAsync(200_000, _ => [new H2Frame(H2Type.Ping, 0, 0, new byte[8])]).WithinAsync(60);

        Assert.That(closed);
    }
}
