using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PromptPlatform.Events;
using PromptPlatform.Messaging.Broker;
using PromptPlatform.Messaging.Outbox;
using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging;

/// <summary>The door to events.</summary>
public static class MessagingSetup
{
    /// <summary>Connects a service with a database to the bus: its outbox is sent, its consumers get their events. Call it after the consumers were added.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="service">Its name, which is the name of its queue.</param>
    public static WebApplicationBuilder AddMessaging(this WebApplicationBuilder builder, string service)
    {
        builder.Services.AddOptionsAtStart<MessagingOptions>("Messaging");
        if (builder.Configuration.GetSection("Messaging").Get<MessagingOptions>()?.Transport != EventTransport.InProcess)
            builder.AddBroker(BrokerAddress.Of(builder.Configuration), service);
        return builder;
    }

    /// <summary>Subscribes a consumer; its class name is its inbox's name and must not change.</summary>
    public static IServiceCollection AddEventConsumer<TConsumer, TEvent>(this IServiceCollection services)
        where TConsumer : class, IEventConsumer<TEvent>
        where TEvent : class, IPlatformEvent
    {
        services.AddSingleton<TConsumer>();
        services.TryAddSingleton<ErasedSubjects>();
        return services.AddSingleton<EventSubscription>(provider => new EventSubscription<TEvent>(
            provider.GetRequiredService<TConsumer>(), provider.GetRequiredService<TenantDatabase>(), provider.GetRequiredService<ErasedSubjects>(), provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddBroker(this WebApplicationBuilder builder, Uri address, string service)
    {
        builder.Services.AddSingleton(new ServiceName(service));
        builder.Services.AddSingleton<PatientDelivery>();
        builder.Services.AddSingleton<IEventTransport, BrokerTransport>();
        builder.Services.AddSingleton<OutboxDispatcher>();
        builder.Services.AddMassTransit(bus =>
        {
            // Without the broker the service answers: events wait in the outbox.
            bus.ConfigureHealthCheckOptions(health => health.MinimalFailureStatus = HealthStatus.Degraded);
            bus.UsingRabbitMq((context, configure) => BrokerBus.Configure(context, configure, address, service));
        });
        builder.Services.RemoveMassTransitHostedService();
        builder.Services.AddHostedService<BusPump>();
        builder.Services.AddHostedService<OutboxPump>();
    }
}
