namespace PromptPlatform.Interop.Tests.Plans;

/// <summary>Settings of the caller's channel; calls with equal ones share a channel.</summary>
public sealed record ChannelPlan
{
    /// <summary>gzip or deflate; null: requests are not compressed.</summary>
    public string? Compression { get; init; }

    /// <summary>Bytes; -1: no limit; null: the caller's own default.</summary>
    public int? MaxSend { get; init; }

    /// <summary>Bytes; -1: no limit; null: the caller's own default, 4 MiB in all of them.</summary>
    public int? MaxReceive { get; init; }

    /// <summary>What the caller sends as :authority; null: the target.</summary>
    public string? Authority { get; init; }

    /// <summary>Time between pings.</summary>
    public int? KeepaliveMs { get; init; }

    /// <summary>How often a call that fails with UNAVAILABLE is tried; null: once.</summary>
    public int? Attempts { get; init; }

    /// <summary>Our caller looks at the headers on the wire; see <see cref="Ours.OurSide.WireOf"/>.</summary>
    public bool Watched { get; init; }

    /// <summary>Keeps a channel from being shared.</summary>
    public string Name { get; init; } = "";
}
