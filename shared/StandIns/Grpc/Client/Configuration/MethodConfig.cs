namespace Grpc.Net.Client.Configuration;

/// <summary>Settings of some methods.</summary>
public sealed class MethodConfig : ConfigObject
{
    /// <summary>When a failed call is repeated; null: only when no server has processed it.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>The methods; no name may stand in two configurations.</summary>
    public IList<MethodName> Names { get; } = [];
}
