using Microsoft.Extensions.Diagnostics.HealthChecks;
using PromptPlatform.Messaging;
using PromptPlatform.Messaging.Outbox;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Standalone;

/// <summary>The services that run in this process. Disposal stops them in the reverse order of their start.</summary>
internal sealed class Fleet(FleetSettings settings) : IAsyncDisposable
{
    private static readonly TimeSpan ReadyPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);

    private readonly List<(string Name, WebApplication App)> running = [];
    private readonly List<OutboxPump> outboxes = [];

    /// <summary>The services of a running member.</summary>
    public IServiceProvider this[string name] => running.Find(member => member.Name == name).App.Services;

    /// <summary>Brings the schemas up to date and starts the members of one wave together.</summary>
    public async Task StartAsync(IReadOnlyList<FleetMember> wave, CancellationToken cancellation)
    {
        // What started is kept for the stop even when its neighbour fails.
        var starts = wave.Select(member => StartAsync(member, cancellation)).ToList();
        await Task.WhenAll(starts);
    }

    /// <summary>Brings the events of members to the consumers of all that run now.</summary>
    public void Connect(params IReadOnlyList<string> publishers)
    {
        var subscriptions = running.SelectMany(member => member.App.Services.GetServices<EventSubscription>()).ToList();
        foreach (var services in publishers.Select(publisher => this[publisher]))
        {
            outboxes.Add(new OutboxPump(new OutboxDispatcher(
                services.GetRequiredService<TenantDatabase>(),
                new DirectTransport(subscriptions),
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<OutboxDispatcher>>())));
        }
    }

    /// <summary>Waits until every member reports that it is ready; answers the checks that still fail after a minute.</summary>
    public async Task<IReadOnlyList<string>> WaitUntilReadyAsync(TimeProvider clock, CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            var failing = await FailingChecksAsync(cancellation);
            if (failing.Count == 0 || clock.GetElapsedTime(since) > ReadyTimeout)
            {
                return failing;
            }

            await Task.Delay(ReadyPoll, clock, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (name, app) in Enumerable.Reverse(running))
        {
            // Events stop flowing when everything that requests come through has drained, and before anybody who takes them stops.
            if (name != "gateway")
            {
                foreach (var outbox in outboxes)
                {
                    await outbox.DisposeAsync();
                }

                outboxes.Clear();
            }

            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
    }

    private async Task StartAsync(FleetMember member, CancellationToken cancellation)
    {
        var arguments = await settings.ArgumentsOfAsync(member, cancellation);
        var app = ServiceProgram.Build(
            arguments,
            builder =>
            {
                member.Add(builder);
                builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
            },
            member.Map);
        lock (running)
        {
            running.Add((member.Name, app));
        }

        if (member.HasDatabase)
        {
            await app.Services.GetRequiredService<Migrator>().ApplyAsync(cancellation);
        }

        await app.StartAsync(cancellation);
        settings.Announce(member.Name, BoundPorts.Of(app));
    }

    private async Task<IReadOnlyList<string>> FailingChecksAsync(CancellationToken cancellation)
    {
        var reports = await Task.WhenAll(running.Select(member =>
            member.App.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("ready"), cancellation)));
        return
        [
            .. running.Zip(reports)
                .SelectMany(pair => pair.Second.Entries.Where(entry => entry.Value.Status == HealthStatus.Unhealthy).Select(entry => $"{pair.First.Name}: {entry.Key}")),
        ];
    }
}
