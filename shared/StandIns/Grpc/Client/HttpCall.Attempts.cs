using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

internal sealed partial class HttpCall<TRequest, TResponse>
{
    private const string PushbackKey = "grpc-retry-pushback-ms";

    // Sends until an attempt is final: one that brought headers, or whose failure no rule lets repeat.
    private async Task<HttpResponseMessage> AttemptAsync(HttpContent content, long size)
    {
        MethodRetry? policy = transport.Retries.Of(method);
        bool kept = policy is not null && transport.Retries.TryKeep(size);
        try
        {
            return await AttemptAsync(content, kept ? policy : null).ConfigureAwait(false);
        }
        finally
        {
            if (kept)
            {
                transport.Retries.GiveBack(size);
            }
        }
    }

    private async Task<HttpResponseMessage> AttemptAsync(HttpContent content, MethodRetry? policy)
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

                if (!CanSendAgain || !MayRepeat(retry ??= new(transport.Retries, policy), e, out wait))
                {
                    throw;
                }
            }

            failed = endpoint;
            await PauseAsync(wait).ConfigureAwait(false);
        }
    }

    // The one request is kept; a stream of them can be sent again until its first message has left.
    private bool CanSendAgain => writer is null || writer.TryRewind();

    private bool MayRepeat(CallRetry retry, Exception failure, out TimeSpan wait)
    {
        wait = default;
        if (!TransportErrors.IsUnprocessed(failure))
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

    private Task PauseAsync(TimeSpan wait) => wait > TimeSpan.Zero ? Task.Delay(wait, transport.Clock, cancellation.Token) : Task.CompletedTask;

    // The status of an answer that brings nothing else ("trailers-only"), or of one that did not come from a gRPC server.
    private static StatusCode? StatusWithoutMessages(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("grpc-status", out HeaderStringValues values)
            ? int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int code) && code != 0 ? (StatusCode)code : null
            : response.StatusCode == HttpStatusCode.OK ? null : RpcErrors.FromHttpStatus((int)response.StatusCode);

    private static string? PushbackOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues(PushbackKey, out HeaderStringValues values) ? values.ToString() : null;
}
