using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Ours;

/// <summary>Kestrel with the contract and the health service.</summary>
internal sealed class OurServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private Task? stopping;

    private OurServer(WebApplication app)
    {
        this.app = app;
        Port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    public int Port { get; }

    public static async Task<OurServer> StartAsync(ServerPlan plan, ServedCalls served, WireLog wire)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, plan.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (plan.Security is { } security)
            {
                listen.UseHttps(https => Secure(https, security));
            }
        }));
        builder.Services.AddSingleton(served);
        builder.Services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = plan.MaxReceive ?? options.MaxReceiveMessageSize;
            options.ResponseCompressionAlgorithm = plan.Compress ? "gzip" : null;
        });
        builder.Services.AddGrpcHealthChecks(options => options.Services.Map(Mirror.Descriptor.FullName, _ => true));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));
        WebApplication app = builder.Build();
        app.Use((http, next) => WatchAsync(http, next, wire));
        app.MapGrpcService<MirrorService>();
        app.MapGrpcHealthChecksService();
        await app.StartAsync().WithinAsync(30);
        return new OurServer(app);
    }

    /// <summary>No new calls; those in flight go on.</summary>
    public void BeginStop() => stopping ??= app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        using var hurry = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await app.StopAsync(hurry.Token);
        await (stopping ?? Task.CompletedTask);
        await app.DisposeAsync();
    }

    private static void Secure(HttpsConnectionAdapterOptions https, Security security)
    {
        https.ServerCertificate = TestCertificates.Load(security.Certificate!, security.Key!);
        if (security.Mutual)
        {
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, _, _) => TestCertificates.IsIssuedBy(certificate, security.Roots);
        }
    }

    private static async Task WatchAsync(HttpContext http, RequestDelegate next, WireLog wire)
    {
        await next(http);
        if (http.Request.Headers.TryGetValue(WireLog.NameHeader, out var name))
        {
            wire.Add(name.ToString(), Pairs(http.Request.Headers), Pairs(http.Response.Headers));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(IHeaderDictionary headers) =>
        headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()));
}
