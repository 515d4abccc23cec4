using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace PromptPlatform.ServiceDefaults.Hosting;

/// <summary>The addresses at which a started service listens.</summary>
/// <param name="Http">REST address, e.g. <c>http://127.0.0.1:40123</c>.</param>
/// <param name="Grpc">gRPC address.</param>
/// <param name="Management">Management address; null when it has none.</param>
public sealed record BoundPorts(string Http, string Grpc, string? Management)
{
    /// <summary>Reads the addresses; the service must have started.</summary>
    public static BoundPorts Of(WebApplication app)
    {
        // Kestrel lists them in the order of KestrelSetup.
        string[] addresses = [.. app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];
        return new BoundPorts(addresses[0], addresses[1], addresses.Length > 2 ? addresses[2] : null);
    }
}
