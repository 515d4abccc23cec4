using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PromptPlatform.GrpcTransport;

/// <summary>Lets a route match gRPC requests only.</summary>
internal sealed class GrpcContentTypeConstraint : IRouteConstraint
{
    public const string Name = "grpccontenttype";

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext is not null && GrpcHeaders.IsGrpcContentType(httpContext.Request.ContentType);
}
