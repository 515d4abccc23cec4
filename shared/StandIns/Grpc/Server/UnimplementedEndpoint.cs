using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace PromptPlatform.GrpcTransport;

/// <summary>Answers unknown services and methods with UNIMPLEMENTED and leaves every other request alone.</summary>
internal static class UnimplementedEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, GrpcServerRegistry registry) =>
        routes.Map($"{{unimplementedService}}/{{unimplementedMethod:{GrpcContentTypeConstraint.Name}}}", http => AnswerAsync(http, registry))
            .WithDisplayName("gRPC - Unimplemented")
            .WithMetadata(new LateVerbCheck());

    private static Task AnswerAsync(HttpContext http, GrpcServerRegistry registry)
    {
        bool known = registry.Knows((string)http.Request.RouteValues["unimplementedService"]!);
        return CallRejection.EndAsync(http, StatusCode.Unimplemented, known ? "Method is unimplemented." : "Service is unimplemented.");
    }

    // This route has the shape of many REST paths. Without this mark the router would let it take wrong verbs of those
    // paths and answer 404; with it verbs are checked after the content type, so that those answer 405 with Allow.
    private sealed class LateVerbCheck : IDynamicEndpointMetadata
    {
        public bool IsDynamic => true;
    }
}
