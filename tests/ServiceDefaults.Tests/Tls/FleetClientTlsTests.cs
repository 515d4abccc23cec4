using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Clients;
using PromptPlatform.ServiceDefaults.Tls;
using PromptPlatform.TestKit;

namespace PromptPlatform.ServiceDefaults.Tests.Tls;

/// <summary>The client that services have of each other: it resolves a name itself, and the certificate must be of that name.</summary>
internal sealed class FleetClientTlsTests
{
    [TestCase(true, StatusCode.Unimplemented)]
    [TestCase(false, StatusCode.Unavailable)]
    public async Task Client_OfAName_WantsACertificateOfThatName(bool ofThatName, StatusCode outcome)
    {
        string machine = await MachineName.RequireAsync();
        using var fleet = new TestAuthority();
        using var serverFiles = new TlsFolder(fleet.Issue(ofThatName ? machine : "other"), fleet);
        using var callerFiles = new TlsFolder(fleet.Issue("caller"), fleet);
        await using var service = await TlsServer.StartAsync([.. serverFiles.Settings, "--Ports:Address=0.0.0.0"]);
        await using var caller = Caller(callerFiles, $"https://{machine}:{new Uri(service.Ports.Grpc).Port}");

        // The service has no such method: who reads that has come through the handshake.
        var error = Assert.ThrowsAsync<RpcException>(() => caller.Services.GetRequiredService<AuthService.AuthServiceClient>().GetJwksAsync(new GetJwksRequest()).ResponseAsync.WithinAsync())!;

        Assert.That(error.StatusCode, Is.EqualTo(outcome), error.ToString());
    }

    private static WebApplication Caller(TlsFolder files, string address)
    {
        var builder = WebApplication.CreateBuilder([.. files.Settings, "--services:auth:grpc:0=" + address]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddTls();
        builder.AddFleetClient<AuthService.AuthServiceClient>("auth");
        return builder.Build();
    }
}
