namespace Grpc.AspNetCore.HealthChecks;

/// <summary>A service of the health protocol and the checks that it is made of.</summary>
public sealed class ServiceMapping(string name, Func<HealthCheckMapContext, bool> predicate)
{
    /// <summary>Service name; empty for the whole server.</summary>
    public string Name { get; } = name;

    /// <summary>Chooses the checks.</summary>
    public Func<HealthCheckMapContext, bool>? HealthCheckPredicate { get; } = predicate;
}
