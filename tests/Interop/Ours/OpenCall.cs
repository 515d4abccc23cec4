using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;

namespace PromptPlatform.Interop.Tests.Ours;

/// <summary>A call in flight; the four kinds look alike.</summary>
internal sealed record OpenCall(
    Task<Metadata> Headers,
    Func<IAsyncEnumerable<IMessage>> Answers,
    IClientStreamWriter<IMessage>? Requests,
    Func<Status> Status,
    Func<Metadata> Trailers,
    IDisposable Call) : IDisposable
{
    public static OpenCall Start(CallInvoker invoker, Method<IMessage, IMessage> method, string? host, CallOptions options, IMessage request)
    {
        switch (method.Type)
        {
            case MethodType.Unary:
                var unary = invoker.AsyncUnaryCall(method, host, options, request);
                return new(unary.ResponseHeadersAsync, () => Single(unary.ResponseAsync), null, unary.GetStatus, unary.GetTrailers, unary);
            case MethodType.ServerStreaming:
                var server = invoker.AsyncServerStreamingCall(method, host, options, request);
                return new(server.ResponseHeadersAsync, () => server.ResponseStream.ReadAllAsync(), null, server.GetStatus, server.GetTrailers, server);
            case MethodType.ClientStreaming:
                var client = invoker.AsyncClientStreamingCall(method, host, options);
                return new(client.ResponseHeadersAsync, () => Single(client.ResponseAsync), client.RequestStream, client.GetStatus, client.GetTrailers, client);
            case MethodType.DuplexStreaming:
                var duplex = invoker.AsyncDuplexStreamingCall(method, host, options);
                return new(duplex.ResponseHeadersAsync, () => duplex.ResponseStream.ReadAllAsync(), duplex.RequestStream, duplex.GetStatus, duplex.GetTrailers, duplex);
            default:
                throw new ArgumentOutOfRangeException(nameof(method));
        }
    }

    /// <summary>Whether the call has its status.</summary>
    public bool HasEnded
    {
        get
        {
            try
            {
                Status();
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }
    }

    public void Dispose() => Call.Dispose();

    private static async IAsyncEnumerable<IMessage> Single(Task<IMessage> answer, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        yield return await answer.WaitAsync(cancellation);
    }
}
