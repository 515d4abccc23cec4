using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests.Identity;

/// <summary>Another service of the fleet, catalog, which knows Auth by its address and its own secret only.</summary>
internal sealed class PeerService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PeerService(WebApplication app) => _app = app;

    public TokenVerifier Verifier => _app.Services.GetRequiredService<TokenVerifier>();

    public RevocationList Revocations => _app.Services.GetRequiredService<RevocationList>();

    public static async Task<PeerService> StartAsync(AuthRig auth)
    {
        string[] settings =
        [
            "--services:auth:grpc:0=" + auth.Ports.Grpc, "--Identity:ServiceSecret=" + AuthRig.SecretOf("catalog"),
            "--Ports:Management=-1", "--Limits:DrainDelay=00:00:00",
        ];
        var app = ServiceProgram.Build(settings, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(auth.Errors);
            builder.Services.AddSingleton(auth.Clock);
            builder.AddServiceDefaults("catalog");
        }, app => app.MapServiceDefaults());
        await app.StartAsync().WithinAsync();
        return new PeerService(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().WithinAsync();
        await _app.DisposeAsync();
    }
}
