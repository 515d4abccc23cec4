using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>
/// The replicas of a cluster: those that the settings list, and where one of them is a name with several addresses (a headless
/// service) each address. Names are looked up again and again; while that fails the last addresses hold.
/// </summary>
internal sealed class AddressResolver(IConfiguration configuration, INameLookup names, IOptions<UpstreamOptions> options, TimeProvider clock, ILogger<AddressResolver> logger) : IDestinationResolver
{
    private const int MaxAddresses = 64;
    private static readonly TimeSpan s_lookupTimeout = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, IPAddress[]> _known = new(StringComparer.OrdinalIgnoreCase);

    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var resolved = new Dictionary<string, DestinationConfig>(StringComparer.OrdinalIgnoreCase);
        bool named = false;
        foreach (var (id, destination) in destinations.SelectMany(d => ServiceAddresses.Of(configuration, d.Key, d.Value)))
        {
            var uri = new Uri(destination.Address);
            IPAddress[] addresses = IsName(uri) ? await FindAsync(uri.DnsSafeHost, cancellationToken) : [];
            named |= IsName(uri);
            if (addresses.Length < 2)
                resolved[id] = destination;
            foreach (var address in addresses.Length < 2 ? [] : addresses)
                resolved[$"{id}[{address}]"] = At(uri, address, destination);
        }
        return new ResolvedDestinationCollection(resolved, named ? new CancellationChangeToken(new CancellationTokenSource(options.Value.NameRefresh, clock).Token) : null);
    }

    // Not localhost: its two addresses are one replica, which may listen on one of them only.
    private static bool IsName(Uri uri) => uri.HostNameType == UriHostNameType.Dns && !uri.IsLoopback;

    private static DestinationConfig At(Uri uri, IPAddress address, DestinationConfig destination) => destination with
    {
        Address = new UriBuilder(uri) { Host = address.ToString() }.Uri.ToString(),
        // What certificates are checked against, too.
        Host = string.IsNullOrEmpty(destination.Host) ? uri.Authority : destination.Host,
    };

    private async Task<IPAddress[]> FindAsync(string name, CancellationToken cancellation)
    {
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            deadline.CancelAfter(s_lookupTimeout);
            var found = await names.FindAsync(name, deadline.Token);
            // One family: a replica that has an address of each would count twice.
            var family = found.Any(a => a.AddressFamily == AddressFamily.InterNetwork) ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
            return _known[name] = [.. found.Where(a => a.AddressFamily == family).Distinct().OrderBy(a => a.ToString(), StringComparer.Ordinal).Take(MaxAddresses)];
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            logger.LookupFailed(name, error.Message);
            return _known.GetValueOrDefault(name) ?? [];
        }
    }
}
