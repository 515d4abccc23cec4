using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Gateway.Edge;

/// <summary>Settings of the edge, section <c>Edge</c>. Connections, drain and the request timeout are in <c>Limits</c>.</summary>
public sealed class EdgeOptions
{
    /// <summary>Bytes of a request body where the route names no other limit.</summary>
    [Range(1024, 64 << 20)]
    public int MaxBodyBytes { get; set; } = 1 << 20;

    /// <summary>Bytes of all request headers.</summary>
    [Range(4096, 96 << 10)]
    public int MaxHeaderBytes { get; set; } = 32 << 10;

    /// <summary>Time that a stream or a WebSocket may be silent in both directions.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan StreamIdleTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Streams and WebSockets at once.</summary>
    [Range(1, 100_000)]
    public int MaxStreams { get; set; } = 500;

    /// <summary>Streams and WebSockets of one organisation at once.</summary>
    [Range(1, 100_000)]
    public int MaxStreamsPerOrganization { get; set; } = 100;

    /// <summary>Proxies before the gateway whose X-Forwarded-For is believed, as address or CIDR; empty: nobody's is.</summary>
    public IList<string> TrustedProxies { get; } = [];
}
