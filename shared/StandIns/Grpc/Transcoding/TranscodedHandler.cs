using System.Reflection;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace PromptPlatform.GrpcTransport;

/// <summary>The endpoint of one HTTP binding: reads the request, calls the intercepted handler, writes the response.</summary>
internal static class TranscodedHandler
{
    public static RequestDelegate Create(BoundMethod bound, HttpBinding binding, TranscodingJson json, ServerHost host)
    {
        MethodInfo make = typeof(TranscodedHandler)
            .GetMethod(binding.Method.IsServerStreaming ? nameof(Streaming) : nameof(Unary), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(bound.RequestType, bound.ResponseType);
        var invoke = (Func<IMessage, TranscodedCall, Task>)make.Invoke(null, [bound.Handler])!;
        var reader = new HttpRequestReader(binding, json, host.Options.MaxReceiveBytes);
        return http => new TranscodedCall(http, bound.Method, host, binding, json).RunAsync(reader, invoke);
    }

    private static Func<IMessage, TranscodedCall, Task> Unary<TRequest, TResponse>(Delegate handler)
        where TRequest : class
        where TResponse : class
    {
        var method = (UnaryServerMethod<TRequest, TResponse>)handler;
        return async (request, call) =>
        {
            TResponse response = await method((TRequest)request, call).ConfigureAwait(false) ?? throw RpcErrors.NoResponse();
            call.ThrowIfStatusIsSet();
            await call.WriteResponseAsync((IMessage)response).ConfigureAwait(false);
        };
    }

    private static Func<IMessage, TranscodedCall, Task> Streaming<TRequest, TResponse>(Delegate handler)
        where TRequest : class
        where TResponse : class
    {
        var method = (ServerStreamingServerMethod<TRequest, TResponse>)handler;
        return async (request, call) =>
        {
            await method((TRequest)request, new TranscodedStreamWriter<TResponse>(call), call).ConfigureAwait(false);
            call.ThrowIfStatusIsSet();
        };
    }
}
