namespace Grpc.Net.Client.Balancer;

/// <summary>Finds the addresses of a service and tells when they change.</summary>
public abstract class Resolver : IDisposable
{
    /// <summary>Starts; the listener hears every result, failures too.</summary>
    public abstract void Start(Action<ResolverResult> listener);

    /// <summary>Asks for a new result soon, e.g. because an address does not answer. May be ignored.</summary>
    public virtual void Refresh()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
