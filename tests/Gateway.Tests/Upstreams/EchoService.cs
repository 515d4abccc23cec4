using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.Contracts.Enhancement.V1;

namespace PromptPlatform.Gateway.Tests.Upstreams;

/// <summary>What a service of the fleet saw of a request.</summary>
internal sealed record Seen(string Method, string Path, string Query, Dictionary<string, string> Headers, int BodyBytes);

/// <summary>A service that tells what it was asked, over REST.</summary>
internal sealed class EchoService
{
    /// <summary>Answers in place of the echo.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    public int Requests;

    /// <summary>Method and target of every request that arrived whole, body included.</summary>
    public ConcurrentQueue<string> Arrived { get; } = new();

    public async Task HandleAsync(HttpContext http)
    {
        Interlocked.Increment(ref Requests);
        if (Answer is { } answer)
        {
            await answer(http);
            return;
        }
        await TellAsync(http);
    }

    /// <summary>The echo itself.</summary>
    public async Task TellAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        Arrived.Enqueue($"{http.Request.Method} {http.Request.Path.Value}{http.Request.QueryString.Value}");
        http.Response.Headers["Server-Timing"] = "classify;dur=1.2";
        http.Response.Headers["X-Request-Id"] = "of-the-service";
        http.Response.Headers.Server = "secret";
        await http.Response.WriteAsJsonAsync(new Seen(http.Request.Method, http.Request.Path.Value!, http.Request.QueryString.Value!, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()), (int)body.Length));
    }
}

/// <summary>Enhancement over gRPC.</summary>
internal sealed class EchoEnhancement : EnhancementService.EnhancementServiceBase
{
    /// <summary>Calls that have begun.</summary>
    public int Calls;

    public override async Task<EnhanceResponse> Enhance(EnhanceRequest request, ServerCallContext context)
    {
        Interlocked.Increment(ref Calls);
        if (request.Prompt == "refuse")
            throw new RpcException(new Status(StatusCode.InvalidArgument, "prompt: is refused"), new Metadata { { "reason", "test" } });
        if (request.Prompt == "wait")
            await Task.Delay(TimeSpan.FromSeconds(60), context.CancellationToken);
        context.ResponseTrailers.Add("seen", "yes");
        return new EnhanceResponse
        {
            Original = request.Prompt,
            Enhanced = context.RequestHeaders.GetValue("authorization") ?? "",
            ModelVersion = context.RequestHeaders.GetValue("grpc-timeout") ?? context.Deadline.ToString("O"),
        };
    }
}

/// <summary>A server stream: one message, then it waits to be released, then another.</summary>
internal sealed class EchoCatalog : CatalogService.CatalogServiceBase
{
    public TaskCompletionSource Release { get; } = new();

    public override async Task StreamSnapshots(StreamSnapshotsRequest request, IServerStreamWriter<TechniqueSnapshot> responseStream, ServerCallContext context)
    {
        await responseStream.WriteAsync(new TechniqueSnapshot { Version = "1" });
        await Release.Task.WaitAsync(context.CancellationToken);
        await responseStream.WriteAsync(new TechniqueSnapshot { Version = "2" });
        context.ResponseTrailers.Add("ended", "well");
    }
}
