using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>Starts the calls of a channel.</summary>
internal sealed class HttpCallInvoker(ChannelTransport transport) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        AsyncUnaryCall(method, host, options, request).GetAwaiter().GetResult();

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new HttpCall<TRequest, TResponse>(transport, method, host, options);
        return new(call.UnaryAsync(request), CallOutcome.HeadersOf, CallOutcome.StatusOf, CallOutcome.TrailersOf, CallOutcome.DisposeOf, call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new HttpCall<TRequest, TResponse>(transport, method, host, options);
        call.StartServerStreaming(request);
        return new(call, CallOutcome.HeadersOf, CallOutcome.StatusOf, CallOutcome.TrailersOf, CallOutcome.DisposeOf, call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new HttpCall<TRequest, TResponse>(transport, method, host, options);
        ClientStreamWriter<TRequest> writer = call.OpenWriter();
        return new(writer, call.ClientStreamingAsync(writer), CallOutcome.HeadersOf, CallOutcome.StatusOf, CallOutcome.TrailersOf, CallOutcome.DisposeOf, call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new HttpCall<TRequest, TResponse>(transport, method, host, options);
        ClientStreamWriter<TRequest> writer = call.OpenWriter();
        call.StartDuplex(writer);
        return new(writer, call, CallOutcome.HeadersOf, CallOutcome.StatusOf, CallOutcome.TrailersOf, CallOutcome.DisposeOf, call);
    }
}
