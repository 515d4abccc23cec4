using Grpc.Core;
using PromptPlatform.Benchmarks.Echo;

namespace PromptPlatform.Benchmarks.EchoServer;

/// <summary>Answers as every peer does.</summary>
internal sealed class Echo : EchoService.EchoServiceBase
{
    private const int Messages = 1000;

    public override Task<EchoMessage> Say(EchoMessage request, ServerCallContext context) => Task.FromResult(new EchoMessage { Text = request.Text });

    public override async Task Repeat(EchoMessage request, IServerStreamWriter<EchoMessage> responseStream, ServerCallContext context)
    {
        var message = new EchoMessage { Text = request.Text };
        for (int sent = 0; sent < Messages; sent++)
        {
            await responseStream.WriteAsync(message);
        }
    }
}
