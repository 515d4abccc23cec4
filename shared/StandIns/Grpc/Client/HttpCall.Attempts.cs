using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

internal sealed partial class HttpCall<TRequest, TResponse>
{
    private const string PushbackKey = "grpc-retry-pushback-ms";

    // Sends until an attempt is final: one that brought headers, or whose failure no rule lets repeat.
    private ValueTask<HttpResponseMessage> AttemptAsync(HttpContent content) =>
        transport.Retries.Of(method) is { } policy && SizeOf(content) is var size && transport.Retries.TryKeep(size)
            ? AttemptKeptAsync(content, size, policy)
            : AttemptAsync(content, null);

    private async ValueTask<HttpResponseMessage> AttemptKeptAsync(HttpContent content, long size, MethodRetry policy)
    {
        try
        {
            return await AttemptAsync(content, policy).ConfigureAwait(false);
        }
        finally
        {
            transport.Retries.GiveBack(size);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<HttpResponseMessage> AttemptAsync(HttpContent content, MethodRetry? policy)
    {
        CallRetry? retry = null;
        ChannelEndpoint? failed = null;
        while (true)
        {
            ChannelEndpoint endpoint = await transport.Endpoints.PickAsync(failed, options.IsWaitForReady, cancellation.Token).ConfigureAwait(false);
            TimeSpan wait;
            try
            {
                HttpResponseMessage response = await transport.Sender.SendAsync(CreateRequest(content, endpoint, retry?.Previous ?? 0), cancellation.Token).ConfigureAwait(false);
                endpoint.Succeeded();
                if (policy is null || StatusWithoutMessages(response) is not { } code || !CanSendAgain
                    || !(retry ??= new(transport.Retries, policy)).MayRepeat(code, PushbackOf(response), out wait))
                {
                    return response;
                }

                response.Dispose();
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                if (TransportErrors.IsOfTheConnection(e))
                {
                    transport.Endpoints.Failed(endpoint);
                }

                if (!CanSendAgain || !MayRepeat(retry ??= new(transport.Retries, policy), e, content, out wait))
                {
                    throw;
                }
            }

            failed = endpoint;
            await PauseAsync(wait).ConfigureAwait(false);
        }
    }

    // A stream keeps nothing.
    private static long SizeOf(HttpContent content) => (content as MessageContent)?.Length ?? 0;

    // The one request is kept; a stream of them can be sent again until its first message has left.
    private bool CanSendAgain => writer is null || writer.TryRewind();

    private bool MayRepeat(CallRetry retry, Exception failure, HttpContent content, out TimeSpan wait)
    {
        wait = default;
        if (!TransportErrors.IsUnprocessed(failure) && !(content is MessageContent { HasLeft: false } && TransportErrors.IsOfTheConnection(failure)))
        {
            return retry.MayRepeat(Describe(failure).StatusCode, null, out wait);
        }

        if (retry.MayRepeatUnprocessed(transport.Endpoints.Count))
        {
            return true;
        }

        if (options.IsWaitForReady)
        {
            wait = transport.Retries.Jitter(transport.Endpoints.LongestPause);
            return true;
        }

        return retry.MayRepeat(StatusCode.Unavailable, null, out wait);
    }

    // On the machine's clock, as the handler's own time-outs: an injected clock that stands still must not stop the transport.
    private Task PauseAsync(TimeSpan wait) => wait > TimeSpan.Zero ? Task.Delay(wait, cancellation.Token) : Task.CompletedTask;

    // The status of an answer that brings nothing else ("trailers-only"), or of one that did not come from a gRPC server.
    private static StatusCode? StatusWithoutMessages(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("grpc-status", out HeaderStringValues values)
            ? int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int code) && code != 0 ? (StatusCode)code : null
            : response.StatusCode == HttpStatusCode.OK ? null : RpcErrors.FromHttpStatus((int)response.StatusCode);

    private static string? PushbackOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues(PushbackKey, out HeaderStringValues values) ? values.ToString() : null;
}
