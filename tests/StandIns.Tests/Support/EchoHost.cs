using System.Net;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PromptPlatform.StandIns.Tests.Echo;

namespace PromptPlatform.StandIns.Tests.Support;

/// <summary>A real Kestrel on loopback with the echo service: one HTTP/2 port for gRPC, one HTTP/1.1 port for REST.</summary>
public sealed class EchoHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly GrpcChannel channel;

    private EchoHost(WebApplication app)
    {
        this.app = app;
        Uri[] addresses = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];
        GrpcAddress = addresses[0];
        Rest = new HttpClient { BaseAddress = addresses[1] };
        channel = GrpcChannel.ForAddress(GrpcAddress);
        Client = new EchoService.EchoServiceClient(channel);
    }

    public Uri GrpcAddress { get; }

    public HttpClient Rest { get; }

    public EchoService.EchoServiceClient Client { get; }

    public GrpcChannel Channel => channel;

    public IServiceProvider Services => app.Services;

    public EchoProbe Probe => app.Services.GetRequiredService<EchoProbe>();

    public static async Task<EchoHost> StartAsync(
        Action<GrpcServiceOptions>? options = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null,
        Action<IGrpcServerBuilder>? grpc = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton<EchoProbe>();
        IGrpcServerBuilder server = builder.Services.AddGrpc(options ?? (_ => { })).AddJsonTranscoding();
        grpc?.Invoke(server);
        services?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.MapGrpcService<EchoServer>();
        map?.Invoke(app);
        await app.StartAsync().InTime();
        return new EchoHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        Probe.Released.TrySetResult();
        Rest.Dispose();
        channel.Dispose();
        using var hurry = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await app.StopAsync(hurry.Token);
        await app.DisposeAsync();
    }
}
