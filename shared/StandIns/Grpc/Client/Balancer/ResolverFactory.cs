namespace Grpc.Net.Client.Balancer;

/// <summary>Makes resolvers for addresses of one scheme. Register it in the container that the channel knows.</summary>
public abstract class ResolverFactory
{
    /// <summary>The scheme, e.g. dns.</summary>
    public abstract string Name { get; }

    /// <summary>A resolver of one channel.</summary>
    public abstract Resolver Create(ResolverOptions options);
}
