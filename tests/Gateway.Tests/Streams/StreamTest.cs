using Microsoft.AspNetCore.Http;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Streams;

/// <summary>A gateway with a WebSocket and an event stream in its table, and limits that are shorter than the pauses of both.</summary>
internal abstract class StreamTest : GatewayTest
{
    /// <summary>Longer than every limit that holds for requests.</summary>
    protected static readonly TimeSpan Pause = TimeSpan.FromSeconds(2.5);

    protected override string[] Settings =>
    [
        "--Limits:RequestTimeout=00:00:01", "--ReverseProxy:Clusters:enhancement:HttpRequest:ActivityTimeout=00:00:01",
        "--ReverseProxy:Routes:socket:ClusterId=enhancement", "--ReverseProxy:Routes:socket:Match:Path=/v1/socket", "--ReverseProxy:Routes:socket:Metadata:WebSocket=true",
        "--ReverseProxy:Routes:events:ClusterId=enhancement", "--ReverseProxy:Routes:events:Match:Path=/v1/events", "--ReverseProxy:Routes:events:Metadata:Streams=true",
    ];

    [TearDown]
    public void AnswerAsUsual() => Gateway.Echo.Answer = null;

    /// <summary>Serves with <paramref name="serve"/>; the result ends with it, however it ends.</summary>
    protected Task ServeAsync(Func<HttpContext, Task> serve)
    {
        var ended = new TaskCompletionSource();
        Gateway.Echo.Answer = async http =>
        {
            try
            {
                await serve(http);
            }
            finally
            {
                ended.TrySetResult();
            }
        };
        return ended.Task.WithinAsync();
    }
}
