using Grpc.Core;

namespace Grpc.Net.Client.Balancer;

/// <summary>The addresses of a service, or why there are none.</summary>
public sealed class ResolverResult
{
    private ResolverResult(Status status, IReadOnlyList<BalancerAddress>? addresses)
    {
        Status = status;
        Addresses = addresses;
    }

    /// <summary>OK, or the failure.</summary>
    public Status Status { get; }

    /// <summary>The addresses; null after a failure.</summary>
    public IReadOnlyList<BalancerAddress>? Addresses { get; }

    /// <summary>A failure. Throws <see cref="ArgumentException"/> when the status is OK.</summary>
    public static ResolverResult ForFailure(Status status) => status.StatusCode == StatusCode.OK
        ? throw new ArgumentException("Error status code must not be OK.", nameof(status))
        : new ResolverResult(status, null);

    /// <summary>A success.</summary>
    public static ResolverResult ForResult(IReadOnlyList<BalancerAddress> addresses) => new(Status.DefaultSuccess, addresses);
}
