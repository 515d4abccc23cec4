using Grpc.Net.Client.Balancer;

namespace PromptPlatform.GrpcTransport;

/// <summary>Addresses that never change.</summary>
internal sealed class StaticResolver(IReadOnlyList<BalancerAddress> addresses) : Resolver
{
    public override void Start(Action<ResolverResult> listener) => listener(ResolverResult.ForResult(addresses));
}
