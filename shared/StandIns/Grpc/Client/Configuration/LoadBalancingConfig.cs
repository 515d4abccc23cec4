namespace Grpc.Net.Client.Configuration;

/// <summary>A way to choose among the addresses of a service.</summary>
public class LoadBalancingConfig(string loadBalancingPolicyName) : ConfigObject
{
    /// <summary>Name of pick first.</summary>
    public const string PickFirstPolicyName = "pick_first";

    /// <summary>Name of round robin.</summary>
    public const string RoundRobinPolicyName = "round_robin";

    /// <summary>Name of the way.</summary>
    public string PolicyName { get; } = loadBalancingPolicyName;
}

/// <summary>All calls go to the first address that works.</summary>
public sealed class PickFirstConfig() : LoadBalancingConfig(PickFirstPolicyName);

/// <summary>Calls go to all addresses in turn.</summary>
public sealed class RoundRobinConfig() : LoadBalancingConfig(RoundRobinPolicyName);
