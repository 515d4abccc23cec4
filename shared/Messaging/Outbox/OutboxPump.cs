using Microsoft.Extensions.Hosting;

namespace PromptPlatform.Messaging.Outbox;

/// <summary>Runs the dispatcher with its service. What it did not bring waits in the outbox for the next start.</summary>
internal sealed class OutboxPump(OutboxDispatcher dispatcher) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => dispatcher.RunAsync(stoppingToken);
}
