namespace Grpc.Core;

/// <summary>Options for written messages.</summary>
public class WriteOptions(WriteFlags flags = default)
{
    /// <summary>No hint.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>The hints.</summary>
    public WriteFlags Flags { get; } = flags;
}
