namespace Grpc.Core;

/// <summary>Which side of a call is a stream.</summary>
public enum MethodType
{
    /// <summary>One request, one response.</summary>
    Unary,
    /// <summary>A stream of requests, one response.</summary>
    ClientStreaming,
    /// <summary>One request, a stream of responses.</summary>
    ServerStreaming,
    /// <summary>Streams both ways.</summary>
    DuplexStreaming,
}

/// <summary>Name and kind of a method.</summary>
public interface IMethod
{
    /// <summary>Which side streams.</summary>
    MethodType Type { get; }

    /// <summary>Service with its package, e.g. greet.v1.Greeter.</summary>
    string ServiceName { get; }

    /// <summary>Method name.</summary>
    string Name { get; }

    /// <summary>The HTTP path: /service/method.</summary>
    string FullName { get; }
}

/// <summary>A method with its marshallers.</summary>
public class Method<TRequest, TResponse>(
    MethodType type,
    string serviceName,
    string name,
    Marshaller<TRequest> requestMarshaller,
    Marshaller<TResponse> responseMarshaller) : IMethod
{
    /// <inheritdoc/>
    public MethodType Type { get; } = type;

    /// <inheritdoc/>
    public string ServiceName { get; } = serviceName;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public string FullName { get; } = "/" + serviceName + "/" + name;

    /// <summary>Requests and bytes.</summary>
    public Marshaller<TRequest> RequestMarshaller { get; } = requestMarshaller;

    /// <summary>Responses and bytes.</summary>
    public Marshaller<TResponse> ResponseMarshaller { get; } = responseMarshaller;
}
