using Grpc.Core.Interceptors;

namespace Grpc.Net.ClientFactory;

/// <summary>An interceptor of a client, with the scope in which it is made.</summary>
public class InterceptorRegistration(InterceptorScope scope, Func<IServiceProvider, Interceptor> creator)
{
    /// <summary>Once per channel or once per client.</summary>
    public InterceptorScope Scope { get; } = scope;

    /// <summary>Makes the interceptor.</summary>
    public Func<IServiceProvider, Interceptor> Creator { get; } = creator;
}

/// <summary>How often an interceptor is made.</summary>
public enum InterceptorScope
{
    /// <summary>Once, shared by all clients of the channel; services come from the root container.</summary>
    Channel = 0,
    /// <summary>For each client; services come from the client's scope.</summary>
    Client = 1,
}
