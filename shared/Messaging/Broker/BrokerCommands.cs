using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PromptPlatform.ServiceDefaults.Hosting;
using RabbitMQ.Client;

namespace PromptPlatform.Messaging.Broker;

/// <summary>What operators run on a service's program besides <c>migrate</c>.</summary>
public static class BrokerCommands
{
    /// <summary>The commands of a service that publishes or consumes: <c>topology</c>, <c>replay</c> and <c>replay-unrouted</c>.</summary>
    /// <param name="service">Its name.</param>
    public static ServiceCommand[] Of(string service) =>
    [
        new("topology", DeclareAsync),
        new("replay", services => ReplayAsync(services, replay => replay.ErrorsAsync(service, CancellationToken.None))),
        new("replay-unrouted", services => ReplayAsync(services, replay => replay.UnroutedAsync(CancellationToken.None))),
    ];

    /// <summary>Declares exchanges, queues and bindings. Runs before the first event of a new version: what is published to an exchange without a queue waits in the alternate one.</summary>
    private static async Task DeclareAsync(IServiceProvider services)
    {
        var address = BrokerAddress.Of(services.GetRequiredService<IConfiguration>());
        var bus = Bus.Factory.CreateUsingRabbitMq(configure =>
        {
            BrokerBus.Configure(services, configure, address, services.GetRequiredService<ServiceName>().Value);
            configure.DeployTopologyOnly = true;
            configure.DeployPublishTopology = true;
        });
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await bus.DeployAsync(deadline.Token);
    }

    private static async Task ReplayAsync(IServiceProvider services, Func<BrokerReplay, Task> run)
    {
        var factory = new ConnectionFactory { Uri = BrokerAddress.Of(services.GetRequiredService<IConfiguration>()) };
        await using var connection = await factory.CreateConnectionAsync();
        await run(new BrokerReplay(connection, services.GetRequiredService<ILogger<BrokerReplay>>()));
    }
}

/// <summary>The name of the service that this host runs.</summary>
internal sealed record ServiceName(string Value);
