using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PromptPlatform.ServiceDefaults.Errors;

/// <summary>Turns what a handler throws into one <see cref="RequestException"/> and that into a gRPC status; unknown exceptions are logged and become INTERNAL.</summary>
internal sealed class ErrorInterceptor(ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception error)
        {
            throw Translate(error, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception error)
        {
            throw Translate(error, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception error)
        {
            throw Translate(error, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception error)
        {
            throw Translate(error, context);
        }
    }

    private RpcException Translate(Exception error, ServerCallContext context)
    {
        var known = Classify(error, context);
        // The HTTP side answers with problem details made from the same error.
        context.GetHttpContext().Items[ProblemMiddleware.ErrorKey] = known;
        return known.ToRpcException();
    }

    private RequestException Classify(Exception error, ServerCallContext context)
    {
        switch (error)
        {
            case RequestException request:
                return request;
            case RpcException peer:
                return peer.ToRequestException();
            case OperationCanceledException when context.CancellationToken.IsCancellationRequested:
                return RequestException.TimedOut("the deadline passed or the caller left before the answer was ready");
            case NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: System.Net.Sockets.SocketException or IOException or TimeoutException } or PostgresException { SqlState: ['5', '7', ..] }:
                logger.DatabaseAway(context.Method, error);
                return RequestException.Unavailable("the database", error);
            default:
                logger.HandlerFailed(context.Method, error);
                return RequestException.Internal(error);
        }
    }
}
