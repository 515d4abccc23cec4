using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace PromptPlatform.GrpcTransport;

/// <summary>A call over gRPC frames. This part runs it; the others read, write and end it.</summary>
internal sealed partial class ServerCall : HttpCallContext
{
    private readonly string? requestEncoding;
    private readonly bool compressResponses;

    public ServerCall(HttpContext http, IMethod method, ServerHost server) : base(http, method, server)
    {
        http.Response.Headers.ContentType = GrpcHeaders.ContentType;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // Messages have a limit of their own; a stream of them has none.
            limit.MaxRequestBodySize = null;
        }

        IHeaderDictionary headers = http.Request.Headers;
        requestEncoding = headers.GrpcEncoding is { Count: > 0 } encoding ? encoding.ToString() : null;
        compressResponses = server.Options.CompressResponses
            && headers.GrpcAcceptEncoding.ToString().Split(',', StringSplitOptions.TrimEntries).Contains("gzip");
        if (compressResponses)
        {
            http.Response.Headers.GrpcEncoding = "gzip";
        }
    }

    public async Task UnaryAsync<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class
    {
        TRequest request = await ReadSingleAsync(method.RequestMarshaller.ContextualDeserializer).ConfigureAwait(false);
        TResponse response = await handler(request, this).ConfigureAwait(false) ?? throw RpcErrors.NoResponse();
        WriteLast(method.ResponseMarshaller.ContextualSerializer, response);
    }

    public async Task ServerStreamingAsync<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class
    {
        TRequest request = await ReadSingleAsync(method.RequestMarshaller.ContextualDeserializer).ConfigureAwait(false);
        await handler(request, new ServerStreamWriter<TResponse>(this, method.ResponseMarshaller.ContextualSerializer), this).ConfigureAwait(false);
    }

    public async Task ClientStreamingAsync<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class
    {
        AllowSlowRequests();
        var requests = new ServerStreamReader<TRequest>(this, method.RequestMarshaller.ContextualDeserializer);
        TResponse response = await handler(requests, this).ConfigureAwait(false) ?? throw RpcErrors.NoResponse();
        WriteLast(method.ResponseMarshaller.ContextualSerializer, response);
    }

    // Async although it only passes on: a handler that throws before its first await must fail the call, not the request.
    public async Task DuplexAsync<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class
    {
        AllowSlowRequests();
        await handler(
            new ServerStreamReader<TRequest>(this, method.RequestMarshaller.ContextualDeserializer),
            new ServerStreamWriter<TResponse>(this, method.ResponseMarshaller.ContextualSerializer),
            this).ConfigureAwait(false);
    }

    // A client stream may be idle for hours; Kestrel would end it for its data rate.
    private void AllowSlowRequests()
    {
        if (Http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
