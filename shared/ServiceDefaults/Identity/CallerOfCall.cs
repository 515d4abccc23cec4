using Grpc.Core;
using Microsoft.AspNetCore.Http;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>The caller of a call.</summary>
public static class CallerOfCall
{
    private static readonly object s_key = new();

    /// <summary>The verified caller; a method of scope "public" has none.</summary>
    public static Caller Caller(this ServerCallContext call) =>
        call.GetHttpContext().Items[s_key] as Caller ?? throw RequestException.Unauthenticated("the call carries no token");

    internal static void SetCaller(HttpContext http, Caller caller) => http.Items[s_key] = caller;
}
