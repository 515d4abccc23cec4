using System.Net;
using Grpc.Core;
using Grpc.Net.Client.Balancer;

namespace PromptPlatform.GrpcTransport;

/// <summary>All addresses of a host name. Requests and certificates keep naming the host.</summary>
internal sealed class DnsResolver : PollingResolver
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> lookup;
    private readonly TimeSpan interval;
    private readonly string host;
    private readonly int port;
    private Timer? timer;

    public DnsResolver(ResolverOptions options, TimeSpan interval, Func<string, CancellationToken, Task<IPAddress[]>> lookup)
        : base(options.LoggerFactory)
    {
        this.lookup = lookup;
        this.interval = interval;

        // The name is the path: dns:///host:port. Before the path stands a DNS server, which cannot be chosen here.
        var target = new Uri("dns://" + options.Address.AbsolutePath.TrimStart('/'));
        host = target.IdnHost is { Length: > 0 } name ? name : throw new ArgumentException($"'{options.Address}' names no host.", nameof(options));
        port = target.Port > 0 ? target.Port : options.DefaultPort;
    }

    protected override void OnStarted()
    {
        if (interval != Timeout.InfiniteTimeSpan)
        {
            timer = new Timer(static resolver => ((DnsResolver)resolver!).Refresh(), this, interval, interval);
        }
    }

    protected override async Task ResolveAsync(CancellationToken cancellationToken)
    {
        IPAddress[] found = await lookup(host, cancellationToken).ConfigureAwait(false);
        string name = $"{host}:{port}";
        Listener(found.Length == 0
            ? ResolverResult.ForFailure(new Status(StatusCode.Unavailable, $"No address was found for '{host}'."))
            : ResolverResult.ForResult([.. found.Select(address => new BalancerAddress(address.ToString(), port) { HostOverride = name })]));
    }

    protected override void Dispose(bool disposing)
    {
        timer?.Dispose();
        base.Dispose(disposing);
    }
}
