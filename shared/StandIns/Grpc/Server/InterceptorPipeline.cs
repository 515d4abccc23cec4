using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>Wraps handlers in the interceptors of a service; the first registered sees a call first.</summary>
internal sealed class InterceptorPipeline(ServerHost host)
{
    private readonly InterceptorActivator[] innermostFirst =
        [.. host.Options.Interceptors.Select(registration => new InterceptorActivator(registration, host.Singletons)).Reverse()];

    public UnaryServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(UnaryServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class =>
        innermostFirst.Aggregate(handler, (next, activator) => async (request, call) =>
        {
            InterceptorActivator.Lease lease = activator.Get(call);
            try
            {
                return await lease.Interceptor.UnaryServerHandler(request, call, next).ConfigureAwait(false);
            }
            finally
            {
                await lease.ReturnAsync().ConfigureAwait(false);
            }
        });

    public ClientStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(ClientStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class =>
        innermostFirst.Aggregate(handler, (next, activator) => async (requests, call) =>
        {
            InterceptorActivator.Lease lease = activator.Get(call);
            try
            {
                return await lease.Interceptor.ClientStreamingServerHandler(requests, call, next).ConfigureAwait(false);
            }
            finally
            {
                await lease.ReturnAsync().ConfigureAwait(false);
            }
        });

    public ServerStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(ServerStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class =>
        innermostFirst.Aggregate(handler, (next, activator) => async (request, responses, call) =>
        {
            InterceptorActivator.Lease lease = activator.Get(call);
            try
            {
                await lease.Interceptor.ServerStreamingServerHandler(request, responses, call, next).ConfigureAwait(false);
            }
            finally
            {
                await lease.ReturnAsync().ConfigureAwait(false);
            }
        });

    public DuplexStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(DuplexStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class =>
        innermostFirst.Aggregate(handler, (next, activator) => async (requests, responses, call) =>
        {
            InterceptorActivator.Lease lease = activator.Get(call);
            try
            {
                await lease.Interceptor.DuplexStreamingServerHandler(requests, responses, call, next).ConfigureAwait(false);
            }
            finally
            {
                await lease.ReturnAsync().ConfigureAwait(false);
            }
        });
}
