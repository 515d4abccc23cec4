using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>One address that calls go to, and how it has fared. An address that fails is left out for a while that grows.</summary>
internal sealed class ChannelEndpoint(Uri address, string? hostOverride, Ejection ejection)
{
    // As many entries as the generated clients on this channel have methods.
    private readonly ConcurrentDictionary<string, Uri> uris = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private long since;
    private int failures;

    public Uri Address { get; } = address;

    /// <summary>What the request names as its authority; null: the address.</summary>
    public string? HostOverride { get; } = hostOverride;

    public static Uri UriOf(string scheme, DnsEndPoint at) =>
        new(at.AddressFamily == AddressFamily.InterNetworkV6 || (at.Host.Contains(':', StringComparison.Ordinal) && !at.Host.StartsWith('['))
            ? $"{scheme}://[{at.Host}]:{at.Port}"
            : $"{scheme}://{at.Host}:{at.Port}");

    public Uri UriOf(IMethod method) =>
        uris.TryGetValue(method.FullName, out Uri? known) ? known : uris.GetOrAdd(method.FullName, new Uri(Address, method.FullName));

    /// <summary>
    /// Whether a call may go here now. When the time out of an address is over, one call tries it and the others pass by until it is
    /// answered: the try counts as failed until then.
    /// </summary>
    public bool TryTake()
    {
        if (Volatile.Read(ref failures) == 0)
        {
            return true;
        }

        lock (gate)
        {
            return failures == 0 || TryEject();
        }
    }

    public void Succeeded()
    {
        if (Volatile.Read(ref failures) != 0)
        {
            lock (gate)
            {
                failures = 0;
            }
        }
    }

    /// <summary>Counts once for all calls that fail together: true for the first of them.</summary>
    public bool Failed()
    {
        lock (gate)
        {
            return TryEject();
        }
    }

    private bool TryEject()
    {
        if (failures > 0 && ejection.IsRunning(since, failures))
        {
            return false;
        }

        failures++;
        since = ejection.Now;
        return true;
    }
}
