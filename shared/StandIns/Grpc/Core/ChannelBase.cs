namespace Grpc.Core;

/// <summary>A connection, or a pool of them, to one target.</summary>
public abstract class ChannelBase(string target)
{
    /// <summary>Host and port.</summary>
    public string Target { get; } = target;

    /// <summary>Starts calls over this channel.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Cancels what runs and closes the connections.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>Closes the connections.</summary>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
