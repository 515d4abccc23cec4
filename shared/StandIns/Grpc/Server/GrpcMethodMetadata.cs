using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>Endpoint metadata: which method of which service an endpoint serves.</summary>
public sealed class GrpcMethodMetadata(Type serviceType, IMethod method)
{
    /// <summary>The implementation.</summary>
    public Type ServiceType { get; } = serviceType;

    /// <summary>The method.</summary>
    public IMethod Method { get; } = method;
}
