using System.Collections.Concurrent;

namespace PromptPlatform.GrpcTransport;

/// <summary>The services that one application maps; tells an unknown method from an unknown service.</summary>
internal sealed class GrpcServerRegistry
{
    private readonly ConcurrentDictionary<string, bool> services = new(StringComparer.Ordinal);
    private int fallbackMapped;

    public void Add(string service) => services[service] = true;

    public bool Knows(string service) => services.ContainsKey(service);

    /// <summary>True for the first caller, who maps the fallback.</summary>
    public bool ClaimFallback() => Interlocked.Exchange(ref fallbackMapped, 1) == 0;
}
