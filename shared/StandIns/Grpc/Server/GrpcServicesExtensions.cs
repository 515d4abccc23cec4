using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PromptPlatform.GrpcTransport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the gRPC server to the container.</summary>
public static class GrpcServicesExtensions
{
    /// <summary>Adds the server with its defaults.</summary>
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRouting();
        services.AddOptions();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, GrpcContentTypePolicy>());
        services.TryAddSingleton<GrpcServerRegistry>();
        services.TryAddSingleton(root => new Singletons(services, root));
        return new GrpcServerBuilder(services);
    }

    /// <summary>Adds the server with settings.</summary>
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services, Action<GrpcServiceOptions> configureOptions)
    {
        services.Configure(configureOptions);
        return services.AddGrpc();
    }

    /// <summary>Settings of one service, which win over those of the server.</summary>
    public static IGrpcServerBuilder AddServiceOptions<TService>(this IGrpcServerBuilder grpcBuilder, Action<GrpcServiceOptions<TService>> configure)
        where TService : class
    {
        grpcBuilder.Services.Configure(configure);
        return grpcBuilder;
    }

    private sealed class GrpcServerBuilder(IServiceCollection services) : IGrpcServerBuilder
    {
        public IServiceCollection Services { get; } = services;
    }
}
