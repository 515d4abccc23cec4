using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using PromptPlatform.PrometheusText;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds OpenTelemetry to the container.</summary>
public static class OpenTelemetryServicesExtensions
{
    /// <summary>Adds the SDK, started with the host and before its other services. May be called more than once.</summary>
    public static OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(TelemetryHostedService)))
        {
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryHostedService>());
        }

        return new OpenTelemetryBuilder(services);
    }
}
