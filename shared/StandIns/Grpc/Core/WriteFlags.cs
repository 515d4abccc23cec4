namespace Grpc.Core;

/// <summary>Hints for one written message.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message may wait in the buffer for the next one.</summary>
    BufferHint = 1,
    /// <summary>The message is not compressed.</summary>
    NoCompress = 2,
}
