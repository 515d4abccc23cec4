namespace Grpc.Core;

/// <summary>A stream of messages that is read one by one.</summary>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that MoveNext found.</summary>
    T Current { get; }

    /// <summary>Waits for the next message; false at the end. One reader at a time.</summary>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}

/// <summary>A stream of messages that is written one by one.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Hints for the messages that follow.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message; await it before the next.</summary>
    Task WriteAsync(T message);

    /// <summary>Writes a message unless cancelled first.</summary>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return WriteAsync(message);
    }
}

/// <summary>The requests of a client.</summary>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Tells the server that no request follows.</summary>
    Task CompleteAsync();
}

/// <summary>The responses of a server; the stream ends when the handler returns.</summary>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>;
