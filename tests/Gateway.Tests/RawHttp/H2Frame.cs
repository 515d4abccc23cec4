namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>Frame types of HTTP/2 (RFC 9113, section 6).</summary>
internal enum H2Type : byte
{
    Data = 0,
    Headers = 1,
    ResetStream = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
}

/// <summary>One frame.</summary>
internal sealed record H2Frame(H2Type Type, byte Flags, int Stream, byte[] Payload)
{
    public const byte EndStream = 1;
    public const byte Ack = 1;
    public const byte EndHeaders = 4;

    /// <summary>The error code of RST_STREAM and GOAWAY (RFC 9113, section 7).</summary>
    public string Error => (Type switch { H2Type.ResetStream => Payload[3], H2Type.GoAway => Payload[7], _ => -1 }) switch
    {
        -1 => "none",
        0 => "NO_ERROR",
        1 => "PROTOCOL_ERROR",
        2 => "INTERNAL_ERROR",
        8 => "CANCEL",
        9 => "COMPRESSION_ERROR",
        11 => "ENHANCE_YOUR_CALM",
        var other => $"error {other}",
    };

    public byte[] ToBytes() =>
        [(byte)(Payload.Length >> 16), (byte)(Payload.Length >> 8), (byte)Payload.Length, (byte)Type, Flags, (byte)(Stream >> 24), (byte)(Stream >> 16), (byte)(Stream >> 8), (byte)Stream, .. Payload];
}
