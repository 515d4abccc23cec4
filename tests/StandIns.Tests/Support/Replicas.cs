using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PromptPlatform.StandIns.Tests.Support;

/// <summary>A service under one name whose addresses the test sets.</summary>
public sealed class Replicas : ResolverFactory
{
    private Action<ResolverResult>? listener;
    private ResolverResult answer = ResolverResult.ForFailure(new Status(StatusCode.Unavailable, "not resolved yet"));

    public override string Name => "test";

    public int Refreshes { get; private set; }

    public static Replicas At(params int[] ports)
    {
        var replicas = new Replicas();
        replicas.MoveTo(ports);
        return replicas;
    }

    public void MoveTo(params int[] ports) => Answer(ResolverResult.ForResult([.. ports.Select(port => new BalancerAddress("127.0.0.1", port))]));

    public void Answer(ResolverResult result)
    {
        answer = result;
        listener?.Invoke(result);
    }

    public override Resolver Create(ResolverOptions options) => new Told(this);

    /// <summary>A channel to the name; in turn unless told otherwise.</summary>
    public GrpcChannel Open(Action<GrpcChannelOptions>? configure = null, LoadBalancingConfig? way = null)
    {
        var options = new GrpcChannelOptions
        {
            Credentials = ChannelCredentials.Insecure,
            ServiceProvider = new ServiceCollection().AddSingleton<ResolverFactory>(this).BuildServiceProvider(),
            ServiceConfig = new ServiceConfig { LoadBalancingConfigs = { way ?? new RoundRobinConfig() } },
        };
        configure?.Invoke(options);
        return GrpcChannel.ForAddress("test:///echo", options);
    }

    private sealed class Told(Replicas replicas) : Resolver
    {
        public override void Start(Action<ResolverResult> listener)
        {
            replicas.listener = listener;
            listener(replicas.answer);
        }

        public override void Refresh() => replicas.Refreshes++;
    }
}
