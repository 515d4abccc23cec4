using Microsoft.AspNetCore.Http;
using PromptPlatform.GrpcTransport;

namespace Grpc.Core;

/// <summary>From a call to its HTTP request.</summary>
public static class ServerCallContextExtensions
{
    private const string HttpContextKey = "__HttpContext";

    /// <summary>The HTTP request behind the call. Throws <see cref="InvalidOperationException"/> for a call that no HTTP request carries.</summary>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext) => serverCallContext switch
    {
        HttpCallContext call => call.Http,
        _ when serverCallContext.UserState.TryGetValue(HttpContextKey, out object? value) && value is HttpContext http => http,
        _ => throw new InvalidOperationException("Could not get HttpContext from ServerCallContext. HttpContext can only be accessed when gRPC services are hosted by ASP.NET Core."),
    };
}
