using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace PromptPlatform.GrpcTransport;

/// <summary>A call over HTTP and JSON. Nothing is sent before the first response, so that a failure still sets the HTTP status.</summary>
internal sealed class TranscodedCall(HttpContext http, IMethod method, ServerHost server, HttpBinding binding, TranscodingJson json)
    : HttpCallContext(http, method, server)
{
    private const string ContentType = "application/json; charset=utf-8";

    // Bytes; the server holds that much without waiting for the client.
    private const int LargestUnflushed = 32 * 1024;

    private static readonly TimeSpan WriteGrace = TimeSpan.FromMilliseconds(500);

    private readonly WriteGate writes = new();
    private bool answered;
    private bool rawStarted;

    public async Task RunAsync(HttpRequestReader reader, Func<IMessage, TranscodedCall, Task> invoke)
    {
        ServerTelemetry telemetry = ServerTelemetry.Start(Http, MethodCore, Server.Clock);
        try
        {
            Task handler = HandleAsync(reader, invoke);
            if (Deadlines is not null && await Task.WhenAny(handler, Deadlines.Passed).ConfigureAwait(false) != handler)
            {
                _ = ObserveAsync(handler);
                throw RpcErrors.Of(StatusCode.DeadlineExceeded, "Deadline Exceeded");
            }

            await handler.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await EndAsync(e).ConfigureAwait(false);
        }

        telemetry.End(StatusCore.StatusCode);
        Deadlines?.Dispose();
    }

    /// <summary>A handler may end a call by setting its status instead of throwing.</summary>
    public void ThrowIfStatusIsSet()
    {
        if (StatusCore.StatusCode != StatusCode.OK)
        {
            throw new RpcException(StatusCore, Trailers ?? Metadata.Empty);
        }
    }

    public Task WriteResponseAsync(IMessage message) => WriteAsync(message, line: false, CancellationToken.None);

    public Task WriteLineAsync(IMessage message, CancellationToken cancellation) => WriteAsync(message, line: true, cancellation);

    // Kept until the first response, see the summary.
    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        AppendHeaders(responseHeaders);
        return Task.CompletedTask;
    }

    private async Task HandleAsync(HttpRequestReader reader, Func<IMessage, TranscodedCall, Task> invoke) =>
        await invoke(await reader.ReadAsync(Http).ConfigureAwait(false), this).ConfigureAwait(false);

    private async Task WriteAsync(IMessage message, bool line, CancellationToken cancellation)
    {
        writes.Enter();
        try
        {
            if (RawBody.Of(message, binding.ResponseField) is { } raw)
            {
                rawStarted = true;
                answered = !line;
                await RawBody.WriteAsync(Http.Response, raw, line, cancellation.CanBeCanceled ? cancellation : Http.RequestAborted).ConfigureAwait(false);
                return;
            }

            using PooledWriter text = json.Write(message, binding.ResponseField);
            int length = text.Memory.Length;
            if (!Http.Response.HasStarted)
            {
                Http.Response.ContentType = ContentType;
                Http.Response.ContentLength = line ? null : length;
            }

            PipeWriter body = Http.Response.BodyWriter;
            body.Write(text.Memory.Span);
            if (line)
            {
                body.Write("\n"u8);
            }

            answered = !line;

            // A single small response leaves with the end of the request, in one packet.
            if (line || length > LargestUnflushed)
            {
                await body.FlushAsync(cancellation.CanBeCanceled ? cancellation : Http.RequestAborted).ConfigureAwait(false);
            }
        }
        finally
        {
            writes.Exit();
        }
    }

    private async Task EndAsync(Exception failure)
    {
        if (!await writes.EndWithinAsync(WriteGrace).ConfigureAwait(false))
        {
            // The client reads nothing and the deadline has passed: the line that tells so could not be sent either.
            StatusCore = new Grpc.Core.Status(StatusCode.DeadlineExceeded, "Deadline Exceeded", failure);
            Http.Abort();
            return;
        }

        if (answered)
        {
            // The deadline passed between the response and the end of the handler: the response stands.
            return;
        }

        (Google.Rpc.Status status, int httpStatus) = Describe(failure);
        StatusCore = new Grpc.Core.Status((StatusCode)status.Code, status.Message, failure);
        if (Http.RequestAborted.IsCancellationRequested)
        {
            Server.Log.AbortedByClient(failure, MethodCore);
            return;
        }

        ReadOnlyMemory<byte> body = json.WriteStatus(status);
        if (Http.Response.HasStarted && rawStarted)
        {
            // A line of ours would pass for content: only a broken answer tells that it is not whole.
            Http.Abort();
            return;
        }

        if (Http.Response.HasStarted)
        {
            // A stream that fails midway ends with a line that says so; the results before it stay.
            await Http.Response.BodyWriter.WriteAsync((byte[])[.. "{\"error\":"u8, .. body.Span, .. "}\n"u8], Http.RequestAborted).ConfigureAwait(false);
            return;
        }

        Http.Response.StatusCode = httpStatus;
        Http.Response.ContentType = ContentType;
        await Http.Response.BodyWriter.WriteAsync(body, Http.RequestAborted).ConfigureAwait(false);
    }

    private (Google.Rpc.Status Status, int HttpStatus) Describe(Exception failure)
    {
        switch (failure)
        {
            case RpcException rpc:
                Google.Rpc.Status rich = rpc.Trailers.GetRpcStatus(ignoreParseError: true)
                    ?? new Google.Rpc.Status { Code = (int)rpc.StatusCode, Message = rpc.Status.Detail };
                return (rich, HttpStatusMapping.Of(rpc.StatusCode));
            case BadHttpRequestException bad:
                StatusCode code = bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? StatusCode.ResourceExhausted : StatusCode.InvalidArgument;
                return (new Google.Rpc.Status { Code = (int)code, Message = bad.Message }, bad.StatusCode);
            case OperationCanceledException when Deadlines is { HasPassed: true }:
                return (new Google.Rpc.Status { Code = (int)StatusCode.DeadlineExceeded, Message = "Deadline Exceeded" }, StatusCodes.Status504GatewayTimeout);
            default:
                if (!Http.RequestAborted.IsCancellationRequested)
                {
                    Server.Log.HandlerFailed(failure, MethodCore);
                }

                string text = Server.Options.DetailedErrors ? $"Exception was thrown by handler. {failure.GetType().Name}: {failure.Message}" : "Exception was thrown by handler.";
                return (new Google.Rpc.Status { Code = (int)StatusCode.Unknown, Message = text }, StatusCodes.Status500InternalServerError);
        }
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
}
