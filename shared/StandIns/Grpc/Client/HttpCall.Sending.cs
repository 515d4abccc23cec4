using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

internal sealed partial class HttpCall<TRequest, TResponse>
{
    // Callers ask for compressed requests by this header, as with the official client.
    private const string RequestEncodingKey = "grpc-internal-encoding-request";

    private bool CompressRequests => options.Headers?.GetValue(RequestEncodingKey) is "gzip";

    private FrameOptions FrameOptions => new(
        CompressRequests && (options.WriteOptions?.Flags & WriteFlags.NoCompress) is not WriteFlags.NoCompress,
        CompressionLevel.Fastest,
        transport.MaxSendBytes);

    private void Serialize(TRequest request, PooledWriter frame) =>
        FrameWriter.Write(frame, method.RequestMarshaller.ContextualSerializer, request, FrameOptions);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(HttpContent content)
    {
        telemetry?.Enter();
        await ApplyCredentialsAsync().ConfigureAwait(false);
        content.Headers.TryAddWithoutValidation("content-type", GrpcHeaders.ContentType);
        HttpResponseMessage response = await AttemptAsync(content).ConfigureAwait(false);
        SetResponse(response);

        // Disposed meanwhile: the failure that this throws releases the response, which nobody would read.
        cancellation.Token.ThrowIfCancellationRequested();
        HttpHeadersNonValidated headers = response.Headers.NonValidated;
        if (headers.Contains("grpc-status"))
        {
            EndWith(headers);
            return;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw RpcErrors.Of(RpcErrors.FromHttpStatus((int)response.StatusCode), $"Bad gRPC response. HTTP status code: {(int)response.StatusCode}");
        }

        string? contentType = response.Content.Headers.NonValidated.TryGetValues("content-type", out HeaderStringValues values) ? values.ToString() : null;
        if (!GrpcHeaders.IsGrpcContentType(contentType))
        {
            throw RpcErrors.Of(StatusCode.Cancelled, $"Bad gRPC response. Invalid content-type value: {contentType ?? "(none)"}");
        }
    }

    private HttpRequestMessage CreateRequest(HttpContent content, ChannelEndpoint endpoint, int previousAttempts)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.UriOf(method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        HttpRequestHeaders headers = request.Headers;
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation("user-agent", "grpc-dotnet-promptplatform/1");
        headers.TryAddWithoutValidation("grpc-accept-encoding", GrpcHeaders.AcceptEncoding);
        if (CompressRequests)
        {
            headers.TryAddWithoutValidation("grpc-encoding", "gzip");
        }

        if ((host ?? endpoint.HostOverride) is { } authority)
        {
            headers.Host = authority;
        }

        if (previousAttempts > 0)
        {
            headers.TryAddWithoutValidation("grpc-previous-rpc-attempts", previousAttempts.ToString(CultureInfo.InvariantCulture));
        }

        AddMetadata(headers, options.Headers ?? Metadata.Empty);
        if (deadline is { } at && at != DateTime.MaxValue)
        {
            headers.TryAddWithoutValidation("grpc-timeout", GrpcTimeout.Format(at - transport.Clock.GetUtcNow().UtcDateTime));
        }

        return request;
    }

    // HttpClient joins repeated headers with ", ", and C-core refuses the space in a -bin value: join those here by "," alone.
    private static void AddMetadata(HttpRequestHeaders headers, Metadata metadata)
    {
        foreach (Metadata.Entry entry in metadata)
        {
            if (GrpcHeaders.IsReserved(entry.Key))
            {
                continue;
            }

            if (!entry.IsBinary)
            {
                headers.TryAddWithoutValidation(entry.Key, entry.WireValue);
            }
            else if (!headers.NonValidated.Contains(entry.Key))
            {
                headers.TryAddWithoutValidation(entry.Key, string.Join(',', metadata.GetAll(entry.Key).Select(value => value.WireValue)));
            }
        }
    }

    private async ValueTask ApplyCredentialsAsync()
    {
        if (transport.Credentials is null && (options.Credentials is null || !transport.SendsCallCredentials))
        {
            return;
        }

        Metadata headers = [.. options.Headers ?? Metadata.Empty];
        var context = new AuthInterceptorContext(new Uri(transport.Address, "/" + method.ServiceName).ToString(), method.Name, cancellation.Token);
        foreach (CallCredentials? credentials in new[] { transport.Credentials, transport.SendsCallCredentials ? options.Credentials : null })
        {
            await (credentials?.ApplyAsync(context, headers) ?? Task.CompletedTask).ConfigureAwait(false);
        }

        options = options.WithHeaders(headers);
    }
}
