using Microsoft.Extensions.Configuration;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.ServiceDefaults.Tls;
using PromptPlatform.TestKit;

namespace PromptPlatform.ServiceDefaults.Tests.Tls;

/// <summary>What stops a start, and what it says.</summary>
internal sealed class TlsSettingsTests
{
    private readonly TestAuthority _fleet = new();

    [OneTimeTearDown]
    public void DropAuthority() => _fleet.Dispose();

    [TestCase("crt", "garbage", "Tls:CertificateFile is .*tls.crt, which holds no certificate: give a PEM file")]
    [TestCase("crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "Tls:CertificateFile is .*tls.crt, which holds a damaged certificate")]
    [TestCase("key", "garbage", "Tls:KeyFile is .*tls.key, which holds no private key: give the PEM file")]
    [TestCase("key", "-----BEGIN ENCRYPTED PRIVATE KEY-----", "Tls:KeyFile is .*tls.key, which holds an encrypted key: give it without a password")]
    [TestCase("key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "Tls:KeyFile is .*tls.key, which does not belong to the first certificate")]
    [TestCase("ca", "garbage", "Tls:AuthorityFile is .*ca.crt, which holds no certificate")]
    public async Task File_ThatMakesNoSense_StopsTheStart(string which, string contents, string complaint)
    {
        using var folder = new TlsFolder(_fleet.Issue(), _fleet);
        File.WriteAllText(which switch { "crt" => folder.CertificateFile, "key" => folder.KeyFile, _ => folder.AuthorityFile }, contents);

        Assert.That(await RefusedAsync(folder.Settings), Does.Match(complaint));
    }

    [Test]
    public async Task Key_OfAnotherCertificate_StopsTheStart()
    {
        using var folder = new TlsFolder(_fleet.Issue(), _fleet);
        File.WriteAllText(folder.KeyFile, _fleet.Issue().KeyPem);

        Assert.That(await RefusedAsync(folder.Settings), Does.Match("Tls:KeyFile is .*, which does not belong to the first certificate in .*: give the key that this certificate was issued for"));
    }

    [Test]
    public async Task File_ThatIsMissing_StopsTheStart()
    {
        using var folder = new TlsFolder(_fleet.Issue(), _fleet);
        string[] settings = folder.Settings;
        File.Delete(folder.KeyFile);

        Assert.That(await RefusedAsync(settings), Does.Match("Tls:KeyFile is .*tls.key, which cannot be read .*: give a PEM file that this user may read"));
        Assert.That(await RefusedAsync([settings[0]]), Is.EqualTo("Tls:KeyFile is missing: give the path of a PEM file"));
        Assert.That(await RefusedAsync(new TlsFolder(_fleet.Issue(), _fleet).Settings[..2]), Is.EqualTo("Tls:AuthorityFile is missing: give the path of a PEM file"));
    }

    [Test]
    public async Task Certificate_ThatIsNotValidNow_StopsTheStart()
    {
        using var expired = new TlsFolder(_fleet.Issue(until: TestAuthority.Now.AddDays(-1)), _fleet);
        using var early = new TlsFolder(_fleet.Issue(from: TestAuthority.Now.AddDays(1)), _fleet);

        Assert.That(await RefusedAsync(expired.Settings), Does.Match("Tls:CertificateFile is .*, which expired at .*: renew it"));
        Assert.That(await RefusedAsync(early.Settings), Does.Match("Tls:CertificateFile is .*, which is not valid before"));
    }

    [Test]
    public async Task PlainText_BeyondThisMachine_StopsTheStart() =>
        Assert.That(await RefusedAsync(["--Ports:Address=0.0.0.0"]), Does.Match("Tls:CertificateFile is missing, and Ports:Address is 0.0.0.0: .* Tls:AllowPlainText=true"));

    [Test]
    public async Task PlainText_BeyondThisMachine_IsServedWhereAllowed()
    {
        await using var service = await TlsServer.StartAsync(["--Ports:Address=0.0.0.0", "--Tls:AllowPlainText=true"]);

        Assert.That(service.Ports.Grpc, Does.StartWith("http://"));
    }

    [TestCase("http://billing:5101", "services:billing:grpc:0 is http://billing:5101, plain text to another machine: give an https:// address")]
    [TestCase("https://billing:5101", "Tls:AuthorityFile is missing, and services:billing:grpc:0 is https://billing:5101")]
    public void Address_ThatIsNotSafe_StopsTheStart(string address, string complaint)
    {
        var error = Assert.Throws<SettingsException>(() => RequireSafe(address))!;

        Assert.That(error.Message, Does.StartWith(complaint));
    }

    [TestCase("http://127.0.0.1:5101")]
    [TestCase("http://localhost:5101")]
    [TestCase("http://billing:5101", "Tls:AllowPlainText=true")]
    [TestCase("https://billing:5101", "Tls:AuthorityFile=/etc/ca.crt")]
    public void Address_ThatIsSafe_IsTaken(string address, params string[] settings) =>
        Assert.That(() => RequireSafe(address, settings), Throws.Nothing);

    private static void RequireSafe(string address, params string[] settings) =>
        TlsSetup.RequireSafeAddress(new ConfigurationBuilder().AddCommandLine(settings).Build(), "services:billing:grpc:0", new Uri(address));

    private static async Task<string> RefusedAsync(string[] settings)
    {
        var normal = Console.Error;
        using var captured = new StringWriter();
        Console.SetError(captured);
        try
        {
            int exitCode = await ServiceProgram.RunAsync(settings, builder => TlsServer.Add(builder), app => app.MapServiceDefaults()).WithinAsync();
            Assert.That(exitCode, Is.EqualTo(SettingsException.ExitCode));
            return captured.ToString().Trim()["settings: ".Length..];
        }
        finally
        {
            Console.SetError(normal);
        }
    }
}
