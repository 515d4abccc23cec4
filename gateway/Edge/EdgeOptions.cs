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

    /// <summary>Proxies before the gateway whose X-Forwarded-For is believed, as address or CIDR; empty: nobody's is.</summary>
    public IList<string> TrustedProxies { get; } = [];
}
