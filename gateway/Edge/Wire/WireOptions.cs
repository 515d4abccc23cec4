using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Gateway.Edge.Wire;

/// <summary>Bounds of connections, section <c>Connections</c>. How many there may be in all is <c>Limits:MaxConnections</c>.</summary>
public sealed class WireOptions
{
    /// <summary>Connections of one network address (IPv6: of one /64) at once; those of trusted proxies are not counted.</summary>
    [Range(1, 100_000)]
    public int MaxPerAddress { get; set; } = 500;

    /// <summary>Time for the headers of a request to arrive.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:02:00")]
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time that a connection may be idle between two requests.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes per second in which a request body must arrive.</summary>
    [Range(1, 1 << 20)]
    public int MinBodyRate { get; set; } = 240;

    /// <summary>Time before <see cref="MinBodyRate"/> is asked for; Kestrel takes no less than a second.</summary>
    [Range(typeof(TimeSpan), "00:00:01.1", "00:02:00")]
    public TimeSpan BodyGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes per second in which a caller must take its answer, those counted that wait in buffers on the way.</summary>
    [Range(1, 1 << 20)]
    public int MinAnswerRate { get; set; } = 1024;

    /// <summary>Time before <see cref="MinAnswerRate"/> is asked for; Kestrel takes no less than a second.</summary>
    [Range(typeof(TimeSpan), "00:00:01.1", "00:02:00")]
    public TimeSpan AnswerGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>HTTP/2 streams of one connection at once.</summary>
    [Range(1, 1_000)]
    public int MaxStreams { get; set; } = 200;

    /// <summary>HTTP/2 frames per second of one connection that carry neither a request nor bytes of one: SETTINGS, PING, WINDOW_UPDATE, RST_STREAM, CONTINUATION, empty DATA.</summary>
    [Range(100, 1_000_000)]
    public int MaxIdleFrames { get; set; } = 10_000;
}
