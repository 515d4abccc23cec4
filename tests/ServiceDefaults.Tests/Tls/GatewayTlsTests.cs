using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PromptPlatform.Gateway;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.TestKit;

namespace PromptPlatform.ServiceDefaults.Tests.Tls;

/// <summary>The gateway between the public, which has no certificate, and a service that demands one.</summary>
internal sealed class GatewayTlsTests
{
    private static readonly string[] s_services = ["auth", "enhancement", "catalog", "analytics", "billing", "inference"];

    [TestCase("1.1")]
    [TestCase("2.0")]
    public async Task Gateway_ShowsItsCertificateToServices_AndAsksThePublicForNone(string version)
    {
        using var fleet = new TestAuthority();
        using var stranger = new TestAuthority();
        using var serviceFiles = new TlsFolder(fleet.Issue(), fleet);
        using var gatewayFiles = new TlsFolder(fleet.Issue("gateway"), fleet);
        using var publicFiles = new TlsFolder(stranger.Issue(), stranger);
        await using var service = await TlsServer.StartAsync(serviceFiles.Settings, map: app => app.MapGet("/.well-known/jwks.json", (HttpContext http) => http.Connection.ClientCertificate?.Subject));
        await using var gateway = Build([.. gatewayFiles.Settings, $"--Tls:PublicCertificateFile={publicFiles.CertificateFile}", $"--Tls:PublicKeyFile={publicFiles.KeyFile}"], service.Ports);
        await gateway.StartAsync().WithinAsync();

        using var publicTrust = new TlsFolder(null, stranger);
        using var caller = new TlsCaller(publicTrust);
        using var http = new HttpClient(caller.Handler()) { DefaultRequestVersion = new Version(version), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        string answer = await http.GetStringAsync(new Uri(BoundPorts.Of(gateway).Http + "/.well-known/jwks.json")).WithinAsync();

        Assert.That(answer, Is.EqualTo("CN=gateway"));
    }

    [TestCase(true, HttpStatusCode.OK)]
    [TestCase(false, HttpStatusCode.ServiceUnavailable)]
    public async Task Service_CalledByName_NeedsACertificateOfThatName(bool ofThatName, HttpStatusCode status)
    {
        string machine = await MachineName.RequireAsync();
        using var fleet = new TestAuthority();
        using var serviceFiles = new TlsFolder(fleet.Issue(ofThatName ? machine : "other"), fleet);
        using var gatewayFiles = new TlsFolder(fleet.Issue(), fleet);
        await using var service = await TlsServer.StartAsync([.. serviceFiles.Settings, "--Ports:Address=0.0.0.0"], map: app => app.MapGet("/.well-known/jwks.json", () => "keys"));
        var ports = new BoundPorts($"https://{machine}:{new Uri(service.Ports.Http).Port}", $"https://{machine}:{new Uri(service.Ports.Grpc).Port}", null);
        await using var gateway = Build(gatewayFiles.Settings, ports);
        await gateway.StartAsync().WithinAsync();

        using var caller = new TlsCaller(gatewayFiles);
        using var http = new HttpClient(caller.Handler());
        using var answer = await http.GetAsync(new Uri(BoundPorts.Of(gateway).Http + "/.well-known/jwks.json")).WithinAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(status));
    }

    private static WebApplication Build(string[] settings, BoundPorts service) => ServiceProgram.Build(
        [
            "--Identity:ServiceSecret=test", "--Limits:DrainDelay=00:00:00", "--Limits:DrainTimeout=00:00:01", "--Ports:Management=-1",
            .. s_services.SelectMany(name => new[] { $"--services:{name}:http:0={service.Http}", $"--services:{name}:grpc:0={service.Grpc}" }),
            .. settings,
        ],
        builder =>
        {
            builder.AddGateway();
            builder.Logging.ClearProviders();
        },
        app => app.MapGateway());
}
