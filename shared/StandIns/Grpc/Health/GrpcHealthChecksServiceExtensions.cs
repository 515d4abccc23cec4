using Grpc.AspNetCore.HealthChecks;
using Grpc.HealthCheck;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PromptPlatform.GrpcTransport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the gRPC health service over the application's health checks.</summary>
public static class GrpcHealthChecksServiceExtensions
{
    /// <summary>The whole server is made of all checks.</summary>
    public static IHealthChecksBuilder AddGrpcHealthChecks(this IServiceCollection services) => services.AddGrpcHealthChecks(_ => { });

    /// <summary>With mappings of services to checks.</summary>
    public static IHealthChecksBuilder AddGrpcHealthChecks(this IServiceCollection services, Action<GrpcHealthChecksOptions> configure)
    {
        services.TryAddSingleton<HealthServiceImpl>();
        services.TryAddSingleton<CheckedHealthService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHealthCheckPublisher, HealthPublisher>());
        services.Configure<GrpcHealthChecksOptions>(options => options.Services.Map("", _ => true));
        services.Configure(configure);
        return services.AddHealthChecks();
    }
}
