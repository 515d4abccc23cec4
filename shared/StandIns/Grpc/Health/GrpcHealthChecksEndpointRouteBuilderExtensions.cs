using Microsoft.AspNetCore.Routing;
using PromptPlatform.GrpcTransport;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the gRPC health service.</summary>
public static class GrpcHealthChecksEndpointRouteBuilderExtensions
{
    /// <summary>Maps grpc.health.v1.Health.</summary>
    public static GrpcServiceEndpointConventionBuilder MapGrpcHealthChecksService(this IEndpointRouteBuilder builder) =>
        builder.MapGrpcService<CheckedHealthService>();
}
