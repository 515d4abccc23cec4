using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace PromptPlatform.GrpcTransport;

/// <summary>Which HTTP client registrations are gRPC clients, so that a gRPC setting on another one stops the start.</summary>
internal sealed class ClientNames
{
    private readonly ConcurrentDictionary<string, bool> names = new(StringComparer.Ordinal);

    public static ClientNames Of(IServiceCollection services) =>
        services.Select(service => service.ImplementationInstance).OfType<ClientNames>().FirstOrDefault()
        ?? throw new InvalidOperationException("This must be used with a gRPC client: call AddGrpcClient first.");

    public void Add(string name) => names[name] = true;

    public static void Require(IHttpClientBuilder builder, string setting)
    {
        if (!Of(builder.Services).names.ContainsKey(builder.Name))
        {
            throw new InvalidOperationException($"{setting} must be used with a gRPC client; '{builder.Name}' is none.");
        }
    }
}
