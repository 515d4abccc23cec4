using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>Configures the gRPC server.</summary>
public interface IGrpcServerBuilder
{
    /// <summary>The container's registrations.</summary>
    IServiceCollection Services { get; }
}
