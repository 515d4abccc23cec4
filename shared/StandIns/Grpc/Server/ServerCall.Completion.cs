using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PromptPlatform.GrpcTransport;

internal sealed partial class ServerCall
{
    private const int Http2Cancel = 8;
    private static readonly TimeSpan StatusGrace = TimeSpan.FromMilliseconds(500);

    private readonly WriteGate writes = new();
    private bool wroteBody;

    /// <summary>Runs the handler, races it against the deadline and sends the status.</summary>
    public async Task RunAsync(Func<ServerCall, Task> body)
    {
        ServerTelemetry telemetry = ServerTelemetry.Start(Http, MethodCore, Server.Clock);
        if (await CompletesInTimeAsync(body(this)).ConfigureAwait(false))
        {
            await writes.EndAsync().ConfigureAwait(false);
            SendStatus();
        }
        else
        {
            await ResetAsync().ConfigureAwait(false);
        }

        telemetry.End(StatusCore.StatusCode);
        Deadlines?.Dispose();
    }

    // A client that reads nothing may block the handler's write, and the status too: both get a moment, then the reset frees them.
    private async Task ResetAsync()
    {
        StatusCore = new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded");
        if (await writes.EndWithinAsync(StatusGrace).ConfigureAwait(false))
        {
            SendStatus();
            Task sent = Http.Response.CompleteAsync();
            if (await Task.WhenAny(sent, Task.Delay(StatusGrace)).ConfigureAwait(false) == sent)
            {
                // Kestrel ends the stream behind the status; a reset of ours could overtake it.
                return;
            }
        }

        Http.Features.Get<IHttpResetFeature>()?.Reset(Http2Cancel);
    }

    // False when the deadline passed first; the handler then ends on its own and its failure is only logged.
    private async Task<bool> CompletesInTimeAsync(Task handler)
    {
        try
        {
            if (Deadlines is not null && !handler.IsCompleted
                && await Task.WhenAny(handler, Deadlines.Passed).ConfigureAwait(false) != handler)
            {
                _ = ObserveAsync(handler);
                return false;
            }

            await handler.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            StatusCore = FailureOf(e);
        }

        return true;
    }

    private async Task ObserveAsync(Task handler)
    {
        try
        {
            await handler.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Server.Log.FailedAfterDeadline(e, MethodCore);
        }
    }

    private Status FailureOf(Exception failure)
    {
        if (Deadlines is { HasPassed: true })
        {
            return new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded", failure);
        }

        if (failure is RpcException rpc)
        {
            CopyTrailers(rpc.Trailers);
            return rpc.Status;
        }

        if (Http.RequestAborted.IsCancellationRequested)
        {
            Server.Log.AbortedByClient(failure, MethodCore);
            return Status.DefaultCancelled;
        }

        Server.Log.HandlerFailed(failure, MethodCore);
        return Server.Options.DetailedErrors
            ? new Status(StatusCode.Unknown, $"Exception was thrown by handler. {failure.GetType().Name}: {failure.Message}", failure)
            : new Status(StatusCode.Unknown, "Exception was thrown by handler.", failure);
    }

    private void CopyTrailers(Metadata trailers)
    {
        if (ReferenceEquals(trailers, Trailers))
        {
            return;
        }

        foreach (Metadata.Entry entry in trailers)
        {
            ResponseTrailersCore.Add(entry);
        }
    }

    // Without a body the status goes into the headers ("trailers-only").
    private void SendStatus()
    {
        HttpResponse response = Http.Response;
        bool bodyStarted = response.HasStarted || wroteBody;
        if (!bodyStarted)
        {
            response.Headers.Remove("grpc-encoding");
        }

        IHeaderDictionary target = bodyStarted
            ? Http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers
            : response.Headers;
        Status status = StatusCore;
        target.GrpcStatus = status.StatusCode == StatusCode.OK ? "0" : ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (status.Detail.Length > 0)
        {
            target.GrpcMessage = GrpcHeaders.EncodeMessage(status.Detail);
        }

        AppendTo(target, Trailers ?? Metadata.Empty);
    }
}
