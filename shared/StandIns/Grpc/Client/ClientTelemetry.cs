using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>An activity per call (source "Grpc.Net.Client") and rpc.client.duration in milliseconds (meter "Grpc.Net.Client").</summary>
internal sealed class ClientTelemetry
{
    private static readonly ActivitySource Source = new("Grpc.Net.Client");
    private static readonly Meter Meter = new("Grpc.Net.Client");
    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("rpc.client.duration", "ms", "Duration of calls that this client made.");

    private readonly IMethod method;
    private readonly TimeProvider clock;
    private readonly long started;
    private readonly Activity? activity;
    private int ended;

    private ClientTelemetry(IMethod method, ChannelTransport transport)
    {
        this.method = method;
        clock = transport.Clock;
        started = clock.GetTimestamp();
        activity = StartActivity(transport.Address);
    }

    /// <summary>Null when nobody listens.</summary>
    public static ClientTelemetry? Start(IMethod method, ChannelTransport transport) =>
        Source.HasListeners() || Duration.Enabled ? new ClientTelemetry(method, transport) : null;

    /// <summary>Makes the HTTP request a child of this call; holds for the async method that calls it only.</summary>
    public void Enter()
    {
        if (activity is not null)
        {
            Activity.Current = activity;
        }
    }

    /// <summary>Records the call once, however often it is ended.</summary>
    public void End(StatusCode status)
    {
        if (Interlocked.Exchange(ref ended, 1) != 0)
        {
            return;
        }

        activity?.SetTag("rpc.grpc.status_code", (int)status);
        activity?.SetTag("grpc.status_code", (int)status);
        activity?.SetStatus(status == StatusCode.OK ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        activity?.Stop();
        if (Duration.Enabled)
        {
            Duration.Record(clock.GetElapsedTime(started).TotalMilliseconds, new RpcTags(method.ServiceName, method.Name).With(status));
        }
    }

    private Activity? StartActivity(Uri address)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        // The caller's activity stays current for the caller; the request below enters this one.
        Activity? caller = Activity.Current;
        Activity? made = Source.StartActivity("Grpc.Net.Client.GrpcOut", ActivityKind.Client);
        made?.SetTag("grpc.method", method.FullName);
        made?.SetTag("rpc.system", "grpc");
        made?.SetTag("rpc.service", method.ServiceName);
        made?.SetTag("rpc.method", method.Name);
        made?.SetTag("server.address", address.Host);
        made?.SetTag("server.port", address.Port);
        Activity.Current = caller;
        return made;
    }
}
