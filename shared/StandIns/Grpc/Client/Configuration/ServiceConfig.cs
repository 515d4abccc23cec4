namespace Grpc.Net.Client.Configuration;

/// <summary>How clients call a service: retries by method, their throttling, and the choice among addresses.</summary>
public sealed class ServiceConfig : ConfigObject
{
    /// <summary>Settings by method; the most specific name wins.</summary>
    public IList<MethodConfig> MethodConfigs { get; } = [];

    /// <summary>Ways to choose an address; the first that is known is used. None: pick first.</summary>
    public IList<LoadBalancingConfig> LoadBalancingConfigs { get; } = [];

    /// <summary>The budget that all retries of the channel share; null: none.</summary>
    public RetryThrottlingPolicy? RetryThrottling { get; set; }
}
