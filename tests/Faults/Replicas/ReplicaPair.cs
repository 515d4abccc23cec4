using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PromptPlatform.Faults.Tests.Replicas;

/// <summary>Two replicas behind one name, which lists both all the time, and a channel as the fleet uses it.</summary>
internal sealed class ReplicaPair : IDisposable
{
    private readonly ReplicaProcess[] _replicas = [new(), new()];

    public async Task StartAsync() => await Task.WhenAll(_replicas.Select(replica => replica.StartAsync()));

    public GrpcChannel Open(RetryPolicy? retries)
    {
        var config = new ServiceConfig { LoadBalancingConfigs = { new RoundRobinConfig() } };
        if (retries is not null)
            config.MethodConfigs.Add(new MethodConfig { Names = { MethodName.Default }, RetryPolicy = retries });
        return GrpcChannel.ForAddress("static:///replicas", new GrpcChannelOptions
        {
            Credentials = ChannelCredentials.Insecure,
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(100),
            MaxReconnectBackoff = TimeSpan.FromSeconds(1),
            ServiceConfig = config,
            ServiceProvider = new ServiceCollection()
                .AddSingleton<ResolverFactory>(new StaticResolverFactory(_ => _replicas.Select(replica => new BalancerAddress("127.0.0.1", replica.Port))))
                .BuildServiceProvider(),
        });
    }

    /// <summary>Ends the replicas in turn, each back at work before the next goes, until the load is over; answers how many ends there were.</summary>
    public async Task<int> DisturbAsync(Func<ReplicaProcess, Task> end, Task load, Func<ReplicaProcess, bool> isAtWork)
    {
        for (int ends = 0; ; ends++)
        {
            foreach (var replica in _replicas)
            {
                while (!isAtWork(replica) && !load.IsCompleted)
                    await Task.Delay(10);
            }
            if (load.IsCompleted)
                return ends;
            var next = _replicas[ends % _replicas.Length];
            await end(next);
            await next.StartAsync();
        }
    }

    public void Dispose()
    {
        foreach (var replica in _replicas)
            replica.Dispose();
    }
}
