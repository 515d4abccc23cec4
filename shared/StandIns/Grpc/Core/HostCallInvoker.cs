namespace Grpc.Core;

/// <summary>Calls under another authority; what <c>WithHost</c> gives.</summary>
internal sealed class HostCallInvoker(CallInvoker next, string newHost) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        next.BlockingUnaryCall(method, host ?? newHost, options, request);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        next.AsyncUnaryCall(method, host ?? newHost, options, request);

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        next.AsyncServerStreamingCall(method, host ?? newHost, options, request);

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        next.AsyncClientStreamingCall(method, host ?? newHost, options);

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        next.AsyncDuplexStreamingCall(method, host ?? newHost, options);
}
