namespace Grpc.Core.Interceptors;

/// <summary>The call that a client interceptor wraps.</summary>
public struct ClientInterceptorContext<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    where TRequest : class
    where TResponse : class
{
    /// <summary>The method.</summary>
    public Method<TRequest, TResponse> Method { get; } = method;

    /// <summary>The authority, when it is not the channel's.</summary>
    public string? Host { get; } = host;

    /// <summary>Headers, deadline and cancellation.</summary>
    public CallOptions Options { get; } = options;
}
