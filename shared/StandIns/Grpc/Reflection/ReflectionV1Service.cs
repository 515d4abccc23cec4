using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection;
using PromptPlatform.GrpcTransport.ReflectionV1;
using AlphaRequest = Grpc.Reflection.V1Alpha.ServerReflectionRequest;

namespace PromptPlatform.GrpcTransport;

/// <summary>grpc.reflection.v1, whose messages are those of v1alpha under another name: field by field the same bytes.</summary>
internal sealed class ReflectionV1Service(ReflectionServiceImpl alpha) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream, ServerCallContext context)
    {
        await foreach (ServerReflectionRequest question in requestStream.ReadAllAsync(context.CancellationToken).ConfigureAwait(false))
        {
            ByteString answer = alpha.Answer(AlphaRequest.Parser.ParseFrom(question.ToByteString())).ToByteString();
            await responseStream.WriteAsync(ServerReflectionResponse.Parser.ParseFrom(answer), context.CancellationToken).ConfigureAwait(false);
        }
    }
}
