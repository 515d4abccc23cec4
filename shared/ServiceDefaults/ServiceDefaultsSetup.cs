using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Health;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Json;
using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.ServiceDefaults.Telemetry;
using PromptPlatform.ServiceDefaults.Tls;

namespace PromptPlatform.ServiceDefaults;

/// <summary>What every service of the fleet has in common.</summary>
public static class ServiceDefaultsSetup
{
    /// <summary>Ports and limits, health, telemetry, identity, errors and transcoding for the service <paramref name="name"/>.</summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, string name)
    {
        // The gateway has held the caller to a minimum rate; its lumps must not be judged a second time.
        builder.AddHostDefaults(name, builder.ServiceCallers(), limits => limits.RequestTimeout);
        builder.AddIdentity(name, isAuth: name == "auth");
        builder.Services.AddGrpc(options =>
        {
            options.Interceptors.Add<ErrorInterceptor>();
            options.Interceptors.Add<IdentityInterceptor>();
            options.MaxReceiveMessageSize = builder.Configuration.GetSection("Limits").Get<LimitOptions>()?.MaxBodyBytes ?? new LimitOptions().MaxBodyBytes;
        }).AddJsonTranscoding();
        builder.Services.AddSingleton<ErrorInterceptor>();
        builder.Services.AddGrpcReflection();
        return builder;
    }

    /// <summary>The part of the defaults that a host without RPCs of its own, the gateway, has too.</summary>
    public static WebApplicationBuilder AddHostDefaults(this WebApplicationBuilder builder, string name) => builder.AddHostDefaults(name, Audience.Public, _ => TimeSpan.FromSeconds(5));

    private static WebApplicationBuilder AddHostDefaults(this WebApplicationBuilder builder, string name, Audience callers, Func<LimitOptions, TimeSpan> bodyGrace)
    {
        LogDefaults.AddTo(builder.Configuration, TelemetrySetup.IsExported(builder.Configuration));
        builder.Services.AddOptionsAtStart<PortOptions>("Ports");
        builder.Services.AddOptionsAtStart<LimitOptions>("Limits");
        var ports = builder.Configuration.GetSection("Ports").Get<PortOptions>() ?? new PortOptions();
        var limits = builder.Configuration.GetSection("Limits").Get<LimitOptions>() ?? new LimitOptions();
        builder.AddTls();
        builder.UseBoundedKestrel(ports, limits, bodyGrace(limits), callers);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = limits.DrainDelay + limits.DrainTimeout);
        builder.Services.AddHostedService<GracefulStop>();
        builder.Services.AddRequestTimeouts(options => options.DefaultPolicy = new() { Timeout = limits.RequestTimeout, TimeoutStatusCode = StatusCodes.Status504GatewayTimeout });
        builder.AddHealth();
        if (ports.Management >= 0)
            builder.AddTelemetry(name);
        return builder;
    }

    /// <summary>The common pipeline and endpoints of a service; its own RPCs are mapped after this.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseManagementPort(app.Services.GetRequiredService<IOptions<PortOptions>>().Value);
        app.UseRouting();
        // Only HTTP/JSON: a gRPC call brings its own deadline, and a stream may last.
        app.UseWhen(http => http.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true, json =>
        {
            json.UseRequestTimeouts();
            json.UseMiddleware<StrictQueryMiddleware>();
            json.UseMiddleware<StrictJsonMiddleware>();
        });
        app.MapHealth();
        // Off unless asked for: it tells everybody what there is to call.
        if (app.Configuration.GetValue<bool>("Grpc:Reflection"))
            app.MapGrpcReflectionService();
        return app;
    }

    /// <summary>The pipeline of a host without RPCs of its own: request ids, problem details, management port, health.</summary>
    public static WebApplication MapHostDefaults(this WebApplication app)
    {
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseManagementPort(app.Services.GetRequiredService<IOptions<PortOptions>>().Value);
        app.MapHealth();
        return app;
    }
}
