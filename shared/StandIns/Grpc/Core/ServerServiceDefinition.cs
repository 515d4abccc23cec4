namespace Grpc.Core;

/// <summary>The methods of a service instance, as generated code lists them.</summary>
public class ServerServiceDefinition
{
    private readonly IReadOnlyList<Action<ServiceBinderBase>> methods;

    private ServerServiceDefinition(IReadOnlyList<Action<ServiceBinderBase>> methods) => this.methods = methods;

    /// <summary>Starts a list.</summary>
    public static Builder CreateBuilder() => new();

    internal void BindService(ServiceBinderBase binder)
    {
        foreach (Action<ServiceBinderBase> method in methods)
        {
            method(binder);
        }
    }

    /// <summary>Collects methods.</summary>
    public class Builder
    {
        private readonly List<Action<ServiceBinderBase>> methods = [];

        /// <summary>Adds a unary method.</summary>
        public Builder AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method with a stream of requests.</summary>
        public Builder AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method with a stream of responses.</summary>
        public Builder AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method with streams both ways.</summary>
        public Builder AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(binder => binder.AddMethod(method, handler));

        /// <summary>The list as it is now.</summary>
        public ServerServiceDefinition Build() => new([.. methods]);

        private Builder Add(Action<ServiceBinderBase> method)
        {
            methods.Add(method);
            return this;
        }
    }
}
