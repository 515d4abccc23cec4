using Grpc.Reflection;
using Microsoft.AspNetCore.Routing;
using PromptPlatform.GrpcTransport;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC reflection.</summary>
public static class GrpcReflectionEndpointRouteBuilderExtensions
{
    /// <summary>Maps grpc.reflection.v1alpha and v1.</summary>
    public static IEndpointConventionBuilder MapGrpcReflectionService(this IEndpointRouteBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return new GrpcServiceEndpointConventionBuilder([builder.MapGrpcService<ReflectionServiceImpl>(), builder.MapGrpcService<ReflectionV1Service>()]);
    }
}
