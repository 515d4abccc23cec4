namespace Grpc.AspNetCore.HealthChecks;

/// <summary>A registered health check that a mapping may choose.</summary>
public sealed class HealthCheckMapContext(string name, IEnumerable<string> tags)
{
    /// <summary>Name of the check.</summary>
    public string Name { get; } = name;

    /// <summary>Tags of the check.</summary>
    public IEnumerable<string> Tags { get; } = tags;
}
