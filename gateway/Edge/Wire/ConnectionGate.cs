using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using PromptPlatform.Gateway.Limits;
using PromptPlatform.ServiceDefaults.Hosting;

namespace PromptPlatform.Gateway.Edge.Wire;

/// <summary>
/// Bounds the connections of one network address, so that no single host can take them all. One too many is closed before a
/// byte of it is read. Proxies that are trusted stand for many callers and are not counted; nor are probes.
/// </summary>
internal sealed class ConnectionGate(IOptions<WireOptions> options, IOptions<EdgeOptions> edge, IOptions<PortOptions> ports, IMeterFactory meters)
{
    private readonly ConcurrentDictionary<UInt128, int> _open = new();
    private readonly IPNetwork[] _trusted = TrustedProxies.Of(edge.Value);
    private readonly int _management = ports.Value.Management;
    private readonly Counter<long> _refused = meters.Create("PromptPlatform.Gateway").CreateCounter<long>("gateway.connections.refused", "{connection}", "Connections closed because their network address had too many.");

    /// <summary>Addresses with connections.</summary>
    public int Addresses => _open.Count;

    /// <summary>The connection middleware.</summary>
    public ConnectionDelegate Guard(ConnectionDelegate next) => connection =>
    {
        var (address, port) = ((connection.RemoteEndPoint as IPEndPoint)?.Address, (connection.LocalEndPoint as IPEndPoint)?.Port);
        if (address is null || port == _management || IsTrusted(address))
            return next(connection);
        var owner = NetworkAddress.Of(address);
        if (_open.AddOrUpdate(owner, 1, static (_, open) => open + 1) <= options.Value.MaxPerAddress)
            return RunAsync(next, connection, owner);
        Leave(owner);
        _refused.Add(1);
        connection.Abort(new ConnectionAbortedException("too many connections of one network address"));
        return Task.CompletedTask;
    };

    private async Task RunAsync(ConnectionDelegate next, ConnectionContext connection, UInt128 owner)
    {
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(owner);
        }
    }

    private void Leave(UInt128 owner)
    {
        _open.AddOrUpdate(owner, 0, static (_, open) => open - 1);
        // Only while it is still nought: somebody may have come in between.
        _open.TryRemove(new KeyValuePair<UInt128, int>(owner, 0));
    }

    private bool IsTrusted(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in _trusted)
        {
            if (network.Contains(plain))
                return true;
        }
        return false;
    }
}
