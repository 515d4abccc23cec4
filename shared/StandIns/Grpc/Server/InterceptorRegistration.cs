namespace Grpc.AspNetCore.Server;

/// <summary>An interceptor by its type and the arguments that the container does not know.</summary>
public class InterceptorRegistration
{
    internal InterceptorRegistration(Type type, object[] arguments)
    {
        Type = type;
        Arguments = arguments;
    }

    /// <summary>The interceptor's type.</summary>
    public Type Type { get; }

    /// <summary>Constructor arguments beside those from the container.</summary>
    public IReadOnlyList<object> Arguments { get; }
}
