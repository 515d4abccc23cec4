using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PromptPlatform.GrpcTransport;

/// <summary>Answers unknown services and methods with UNIMPLEMENTED and leaves every other request alone.</summary>
internal static class UnimplementedEndpoint
{
    public static void Map(IEndpointRouteBuilder routes, GrpcServerRegistry registry) =>
        routes.Map("{unimplementedService}/{unimplementedMethod}", http => Answer(http, registry))
            .WithDisplayName("gRPC - Unimplemented")
            .WithMetadata(new GrpcContentTypePolicy.Mark());

    private static Task Answer(HttpContext http, GrpcServerRegistry registry)
    {
        if (CallRejection.TryReject(http))
        {
            return Task.CompletedTask;
        }

        ServerCounters.Log.CallUnimplemented();
        bool known = registry.Knows((string)http.Request.RouteValues["unimplementedService"]!);
        CallRejection.End(http, StatusCode.Unimplemented, known ? "Method is unimplemented." : "Service is unimplemented.");
        return Task.CompletedTask;
    }
}
