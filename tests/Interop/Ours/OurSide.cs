using System.Collections.Concurrent;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Sides;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Ours;

/// <summary>Our client and our servers, in this process.</summary>
internal sealed class OurSide : ISide, IAsyncDisposable
{
    private readonly ConcurrentDictionary<ChannelKey, OurChannel> channels = new();
    private readonly ConcurrentDictionary<string, OurCall> calls = new();
    private readonly ConcurrentDictionary<int, OurServer> servers = new();
    private readonly ServedCalls served = new();
    private readonly WireLog wire = new();

    public Task<Outcome> CallAsync(CallPlan plan)
    {
        OurChannel channel = channels.GetOrAdd(new(plan.Target, plan.Security, plan.Options), key => new OurChannel(key, wire));
        return calls.GetOrAdd(plan.Name, new OurCall(plan)).RunAsync(channel.Invoker);
    }

    public Task CancelAsync(string name) => calls[name].CancelAsync();

    public async Task<int> ServeAsync(ServerPlan plan)
    {
        OurServer server = await OurServer.StartAsync(plan, served, wire);
        servers[server.Port] = server;
        return server.Port;
    }

    public Task<Note?> RecallAsync(string name) => Task.FromResult(served.Find(name)?.Seen);

    public Task ReleaseAsync(string name)
    {
        served.ReleaseOf(name).TrySetResult();
        return Task.CompletedTask;
    }

    public Task DrainAsync(int port)
    {
        servers[port].BeginStop();
        return Task.CompletedTask;
    }

    /// <summary>The headers of a call as they crossed the wire on our side.</summary>
    public Wire WireOf(string call) => wire.Of(call);

    public async ValueTask DisposeAsync()
    {
        foreach (OurChannel channel in channels.Values)
        {
            channel.Dispose();
        }

        foreach (OurServer server in servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
