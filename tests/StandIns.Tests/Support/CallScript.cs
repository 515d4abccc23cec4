using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace PromptPlatform.StandIns.Tests.Support;

/// <summary>How the server answers each attempt of a call, in order; after the last entry it answers as usual.</summary>
public sealed class CallScript
{
    private readonly ConcurrentQueue<RpcException> failures = new();

    /// <summary>grpc-previous-rpc-attempts of each attempt; empty where there was none.</summary>
    public ConcurrentQueue<string> Attempts { get; } = new();

    public CallScript Fail(StatusCode code, int times = 1, string? pushback = null)
    {
        for (int n = 0; n < times; n++)
        {
            Metadata trailers = pushback is null ? [] : new() { { "grpc-retry-pushback-ms", pushback } };
            failures.Enqueue(new RpcException(new Status(code, "scripted"), trailers));
        }

        return this;
    }

    public void Play(ServerCallContext call)
    {
        Attempts.Enqueue(call.RequestHeaders.GetValue("grpc-previous-rpc-attempts") ?? "");
        if (failures.TryDequeue(out RpcException? failure))
        {
            throw failure;
        }
    }
}

/// <summary>Plays the script before the handler.</summary>
public sealed class ScriptInterceptor(CallScript script) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        script.Play(context);
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        script.Play(context);
        return continuation(request, responseStream, context);
    }
}
