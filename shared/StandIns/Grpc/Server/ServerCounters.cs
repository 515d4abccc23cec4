using System.Diagnostics.Tracing;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>The official server's event counters (<c>dotnet-counters monitor Grpc.AspNetCore.Server</c>). They count only while somebody listens.</summary>
[EventSource(Name = "Grpc.AspNetCore.Server")]
internal sealed class ServerCounters : EventSource
{
    public static readonly ServerCounters Log = new();

    // The listener's session reads them for as long as the process lives.
    private readonly List<DiagnosticCounter> counters = [];
    private long total;
    private long current;
    private long failed;
    private long deadlineExceeded;
    private long unimplemented;
    private long sent;
    private long received;

    private ServerCounters()
    {
    }

    /// <summary>True when the call is counted; its end must be told then.</summary>
    [NonEvent]
    public bool CallStarted()
    {
        if (!IsEnabled())
        {
            return false;
        }

        Interlocked.Increment(ref total);
        Interlocked.Increment(ref current);
        return true;
    }

    [NonEvent]
    public void CallEnded(StatusCode status)
    {
        Interlocked.Decrement(ref current);
        if (status != StatusCode.OK)
        {
            Interlocked.Increment(ref failed);
        }

        if (status == StatusCode.DeadlineExceeded)
        {
            Interlocked.Increment(ref deadlineExceeded);
        }
    }

    [NonEvent]
    public void CallUnimplemented() => Count(ref unimplemented);

    [NonEvent]
    public void MessageSent() => Count(ref sent);

    [NonEvent]
    public void MessageReceived() => Count(ref received);

    protected override void OnEventCommand(EventCommandEventArgs command)
    {
        if (command.Command != EventCommand.Enable || counters.Count > 0)
        {
            return;
        }

        Add("total-calls", "Total Calls", () => Volatile.Read(ref total));
        Add("current-calls", "Current Calls", () => Volatile.Read(ref current));
        Add("calls-failed", "Total Calls Failed", () => Volatile.Read(ref failed));
        Add("calls-deadline-exceeded", "Total Calls Deadline Exceeded", () => Volatile.Read(ref deadlineExceeded));
        Add("calls-unimplemented", "Total Calls Unimplemented", () => Volatile.Read(ref unimplemented));
        Add("messages-sent", "Total Messages Sent", () => Volatile.Read(ref sent));
        Add("messages-received", "Total Messages Received", () => Volatile.Read(ref received));
    }

    // Private methods too would be taken for events.
    [NonEvent]
    private void Count(ref long counter)
    {
        if (IsEnabled())
        {
            Interlocked.Increment(ref counter);
        }
    }

    [NonEvent]
    private void Add(string name, string title, Func<double> read) => counters.Add(new PollingCounter(name, this, read) { DisplayName = title });
}
