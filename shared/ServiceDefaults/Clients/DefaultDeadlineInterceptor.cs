using Grpc.Core;
using Grpc.Core.Interceptors;

namespace PromptPlatform.ServiceDefaults.Clients;

/// <summary>Gives unary calls without a deadline one of ten seconds: no await that crosses a process is without an end.</summary>
internal sealed class DefaultDeadlineInterceptor(TimeProvider clock) : Interceptor
{
    private static readonly TimeSpan s_default = TimeSpan.FromSeconds(10);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        if (context.Options.Deadline is not null)
            return continuation(request, context);
        var options = context.Options.WithDeadline(clock.GetUtcNow().UtcDateTime + s_default);
        return continuation(request, new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, options));
    }
}
