using Grpc.Core;
using Grpc.Core.Interceptors;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>Verifies the caller's token and its scope before a handler runs. Closed unless opened: an unknown method is refused.</summary>
internal sealed class IdentityInterceptor(AccessRules rules, TokenVerifier verifier) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        return await continuation(request, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        await continuation(request, responseStream, context);
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        return await continuation(requestStream, context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        await continuation(requestStream, responseStream, context);
    }

    private async ValueTask AdmitAsync(ServerCallContext context)
    {
        // Orchestrators ask for health without a token (gRPC health checking protocol); reflection is mapped only where a setting asks for it.
        if (context.Method.StartsWith("/grpc.health.v1.Health/", StringComparison.Ordinal) || context.Method.StartsWith("/grpc.reflection.", StringComparison.Ordinal))
            return;
        string scope = rules.Find(context.Method) ?? throw RequestException.Forbidden("this method is not open");
        if (scope == AccessRules.Public)
            return;
        var caller = await verifier.VerifyAsync(BearerToken(context), context.CancellationToken);
        if (!caller.Scopes.Contains(scope))
            throw RequestException.Forbidden($"the key lacks the scope {scope}; use a key that has it");
        CallerOfCall.SetCaller(context.GetHttpContext(), caller);
    }

    private static string BearerToken(ServerCallContext context)
    {
        string? header = context.RequestHeaders.GetValue("authorization");
        return header is not null && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..]
            : throw RequestException.Unauthenticated("send Authorization: Bearer followed by an API key or token");
    }
}
