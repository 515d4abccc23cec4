using Microsoft.AspNetCore.Routing;
using PromptPlatform.GrpcTransport;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services to endpoints.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Maps every method of a service, and its HTTP bindings when transcoding was added. Throws <see cref="InvalidOperationException"/> without AddGrpc or when the type is no generated service.</summary>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        return new GrpcServiceEndpointConventionBuilder(ServiceMapping.Map<TService>(builder));
    }
}
