namespace Grpc.Core;

/// <summary>Receives the methods of a generated service.</summary>
public class ServiceBinderBase
{
    /// <summary>A unary method.</summary>
    public virtual void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotSupported(method);

    /// <summary>A method with a stream of requests.</summary>
    public virtual void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotSupported(method);

    /// <summary>A method with a stream of responses.</summary>
    public virtual void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotSupported(method);

    /// <summary>A method with streams both ways.</summary>
    public virtual void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotSupported(method);

    private NotSupportedException NotSupported(IMethod method) => new($"{GetType().Name} does not bind {method.Type} methods such as {method.FullName}.");
}
