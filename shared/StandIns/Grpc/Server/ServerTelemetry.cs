using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PromptPlatform.GrpcTransport;

/// <summary>Standard tags on the request's activity and metrics, and rpc.server.duration in milliseconds (meter "Grpc.AspNetCore.Server").</summary>
internal readonly struct ServerTelemetry
{
    private static readonly Meter Meter = new("Grpc.AspNetCore.Server");
    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("rpc.server.duration", "ms", "Duration of calls that this server answered.");

    private readonly HttpContext http;
    private readonly string path;
    private readonly TimeProvider clock;
    private readonly long started;
    private readonly bool counted;

    private ServerTelemetry(HttpContext http, string path, TimeProvider clock)
    {
        this.http = http;
        this.path = path;
        this.clock = clock;
        started = clock.GetTimestamp();
        counted = ServerCounters.Log.CallStarted();
    }

    public static ServerTelemetry Start(HttpContext http, string path, TimeProvider clock)
    {
        Activity? activity = http.Features.Get<IHttpActivityFeature>()?.Activity;
        activity?.SetTag("grpc.method", path);
        return new(http, path, clock);
    }

    public void End(StatusCode status)
    {
        if (counted)
        {
            ServerCounters.Log.CallEnded(status);
        }

        Activity? activity = http.Features.Get<IHttpActivityFeature>()?.Activity;
        bool traced = activity is { IsAllDataRequested: true };
        if (!traced && !Duration.Enabled)
        {
            return;
        }

        RpcTags tags = RpcTags.Of(path);
        if (traced)
        {
            activity!.SetTag("grpc.status_code", (int)status);
            activity.SetTag("rpc.system", "grpc");
            activity.SetTag("rpc.service", tags.Service);
            activity.SetTag("rpc.method", tags.Method);
            activity.SetTag("rpc.grpc.status_code", (int)status);
        }

        if (Duration.Enabled)
        {
            Duration.Record(clock.GetElapsedTime(started).TotalMilliseconds, tags.With(status));
        }
    }
}
