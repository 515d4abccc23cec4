namespace Microsoft.AspNetCore.Grpc.JsonTranscoding;

/// <summary>How messages are written as JSON.</summary>
public sealed class GrpcJsonSettings
{
    /// <summary>Whether fields that hold their default value are left out. Default false. Unset messages and optional fields always are.</summary>
    public bool IgnoreDefaultValues { get; set; }

    /// <summary>Whether enums are written as numbers instead of names. Default false.</summary>
    public bool WriteEnumsAsIntegers { get; set; }

    /// <summary>Whether 64-bit integers are written as strings instead of numbers. Default false.</summary>
    public bool WriteInt64sAsStrings { get; set; }

    /// <summary>Whether the JSON is indented. Default false.</summary>
    public bool WriteIndented { get; set; }
}
