namespace Grpc.Net.ClientFactory;

/// <summary>Makes clients by the name of their registration.</summary>
public abstract class GrpcClientFactory
{
    /// <summary>A client. Throws <see cref="InvalidOperationException"/> for a name that is not registered or has no address.</summary>
    public abstract TClient CreateClient<TClient>(string name)
        where TClient : class;
}
