using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Upstreams;

/// <summary>One of several replicas of a service, which answers 200 until it is told otherwise.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Replica(WebApplication app, BoundPorts ports, ReplicaState state)
    {
        _app = app;
        Ports = ports;
        State = state;
    }

    public BoundPorts Ports { get; }

    public ReplicaState State { get; }

    public static async Task<Replica> StartAsync()
    {
        var state = new ReplicaState();
        var (app, ports) = await TestHost.StartAsync(
            b =>
            {
                b.Services.AddSingleton(state);
                b.Services.AddGrpc();
            },
            app =>
            {
                app.Map("/v1/{**rest}", state.AnswerAsync);
                app.Map("/health/ready", state.ProbeAsync);
                app.MapGrpcService<ReplicaCalls>();
            });
        return new Replica(app, ports, state);
    }

    /// <summary>Stops as a deployment does: what has begun ends.</summary>
    public Task StopAsync() => _app.StopAsync().WithinAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true)).WithinAsync();
        await _app.DisposeAsync().AsTask().WithinAsync();
    }
}

/// <summary>What a replica does and did.</summary>
internal sealed class ReplicaState
{
    private int _requests;

    /// <summary>In place of 200.</summary>
    public Func<HttpContext, Task>? Behaviour { get; set; }

    /// <summary>In place of a gRPC answer.</summary>
    public StatusCode? Refusal { get; set; }

    /// <summary>In place of one gRPC answer.</summary>
    public Once? RefuseOnce { get; set; }

    /// <summary>The probe waits for this.</summary>
    public Task Thaw { get; set; } = Task.CompletedTask;

    /// <summary>Answers probes with 503.</summary>
    public bool IsDraining { get; set; }

    public int Requests => Volatile.Read(ref _requests);

    public ConcurrentQueue<string> Bodies { get; } = [];

    public void Count() => Interlocked.Increment(ref _requests);

    public Task ProbeAsync(HttpContext http)
    {
        http.Response.StatusCode = IsDraining ? 503 : 200;
        return Thaw.WaitAsync(http.RequestAborted);
    }

    public async Task AnswerAsync(HttpContext http)
    {
        Count();
        using var reader = new StreamReader(http.Request.Body);
        Bodies.Enqueue(await reader.ReadToEndAsync(http.RequestAborted));
        if (Behaviour is { } behaviour)
            await behaviour(http);
        else
            await http.Response.WriteAsync("{}", http.RequestAborted);
    }

    public static Task Reset(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    public static Func<HttpContext, Task> Say(int status) => http =>
    {
        http.Response.StatusCode = status;
        http.Response.Headers["X-Of-The-Replica"] = "yes";
        return http.Response.WriteAsync("refused");
    };
}

/// <summary>A status for the first who asks, whichever replica that is.</summary>
internal sealed class Once(StatusCode status)
{
    private int _left = 1;

    public StatusCode? Take() => Interlocked.Decrement(ref _left) == 0 ? status : null;
}

/// <summary>The replica's gRPC side.</summary>
internal sealed class ReplicaCalls(ReplicaState state) : EnhancementService.EnhancementServiceBase
{
    public override Task<EnhanceResponse> Enhance(EnhanceRequest request, ServerCallContext context)
    {
        state.Count();
        return (state.RefuseOnce?.Take() ?? state.Refusal) is { } refusal
            ? throw new RpcException(new Grpc.Core.Status(refusal, "refused"))
            : Task.FromResult(new EnhanceResponse { Original = request.Prompt });
    }
}
