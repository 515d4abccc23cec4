using System.Collections.Concurrent;
using Grpc.Core;

namespace PromptPlatform.StandIns.Tests.Support;

/// <summary>What the server saw.</summary>
public sealed class EchoProbe
{
    public ConcurrentQueue<string> Calls { get; } = new();

    public ConcurrentQueue<string> Events { get; } = new();

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A handler of a stream has returned.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A chat's handler has returned, whichever way.</summary>
    public TaskCompletionSource ChatEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets a handler that ignores its deadline go on.</summary>
    public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Metadata? Headers { get; set; }

    public DateTime Deadline { get; set; }
}
