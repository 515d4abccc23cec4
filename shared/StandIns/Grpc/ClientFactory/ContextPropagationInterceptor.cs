using Grpc.AspNetCore.ClientFactory;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace PromptPlatform.GrpcTransport;

/// <summary>Gives each call the deadline and cancellation of the call that is being served.</summary>
internal sealed class ContextPropagationInterceptor(IHttpContextAccessor accessor, GrpcContextPropagationOptions options) : Interceptor
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, Follow(context));

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, Follow(context));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, Follow(context));

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(Follow(context));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(Follow(context));

    private ClientInterceptorContext<TRequest, TResponse> Follow<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        ServerCallContext? served = accessor.HttpContext?.Features.Get<IServerCallContextFeature>()?.ServerCallContext;
        if (served is not null)
        {
            return new(context.Method, context.Host, context.Options.WithPropagationToken(served.CreatePropagationToken()));
        }

        return options.SuppressContextNotFoundErrors
            ? context
            : throw new InvalidOperationException("Unable to propagate server context values to the call. Can't find the gRPC ServerCallContext.");
    }
}
