using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.ServiceDefaults.Hosting;

/// <summary>Where a service listens, section <c>Ports</c>. Port 0: any free one.</summary>
public sealed class PortOptions
{
    /// <summary>The address; loopback unless opened. A container sets 0.0.0.0.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>REST/JSON, HTTP/1.1 and HTTP/2.</summary>
    [Range(0, 65535)]
    public int Http { get; set; }

    /// <summary>gRPC, HTTP/2 only: Kestrel cannot tell both apart on one plain-text port.</summary>
    [Range(0, 65535)]
    public int Grpc { get; set; }

    /// <summary>Health and metrics; -1: none of its own (standalone, where the gateway has one for all).</summary>
    [Range(-1, 65535)]
    public int Management { get; set; }
}
