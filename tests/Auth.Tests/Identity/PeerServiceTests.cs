using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests.Identity;

/// <summary>Another service of the fleet, which knows Auth by its address and its own secret only.</summary>
internal sealed class PeerServiceTests : AuthTest
{
    private WebApplication _peer = null!;

    private TokenVerifier Verifier => _peer.Services.GetRequiredService<TokenVerifier>();

    [OneTimeSetUp]
    public async Task StartPeer()
    {
        string[] settings =
        [
            "--services:auth:grpc:0=" + Auth.Ports.Grpc, "--Identity:ServiceSecret=" + AuthRig.SecretOf("catalog"),
            "--Ports:Management=-1", "--Limits:DrainDelay=00:00:00",
        ];
        _peer = ServiceProgram.Build(settings, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(Auth.Errors);
            builder.AddServiceDefaults("catalog");
        }, app => app.MapServiceDefaults());
        await _peer.StartAsync().WithinAsync();
    }

    [OneTimeTearDown]
    public async Task StopPeer()
    {
        await _peer.StopAsync().WithinAsync();
        await _peer.DisposeAsync();
    }

    [Test]
    public async Task Peer_AcceptsATokenForIt()
    {
        var token = await Auth.ExchangeAsync(Auth.Operator.Secret, "catalog");

        var caller = await Verifier.VerifyAsync(token.Token, CancellationToken.None).WithinAsync();

        Assert.That(caller.Subject, Is.EqualTo(token.KeyId));
    }

    [Test]
    public async Task Peer_RefusesATokenForAnother()
    {
        var token = await Auth.ExchangeAsync(Auth.Operator.Secret, "enhancement");

        Assert.That(async () => await Verifier.VerifyAsync(token.Token, CancellationToken.None).WithinAsync(), Throws.TypeOf<RequestException>());
    }

    [Test]
    public async Task Peer_IsToldOfARevocation_AndDeniesTheKey()
    {
        var made = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "denied soon" });
        var token = await Auth.ExchangeAsync(made.Secret, "catalog");
        await Verifier.VerifyAsync(token.Token, CancellationToken.None).WithinAsync();
        var denied = new TaskCompletionSource();
        _peer.Services.GetRequiredService<RevocationList>().Revoked += (_, id) =>
        {
            if (id == made.ApiKey.Id)
                denied.TrySetResult();
        };

        await Auth.RevokeAsync(Auth.Operator.Secret, made.ApiKey.Id);
        var watch = Stopwatch.StartNew();
        await denied.Task.WithinAsync();
        await TestContext.Progress.WriteLineAsync($"denied {watch.ElapsedMilliseconds} ms after the revocation was answered");

        Assert.That(async () => await Verifier.VerifyAsync(token.Token, CancellationToken.None).WithinAsync(), Throws.TypeOf<RequestException>().With.Message.Contains("revoked"));
    }
}
