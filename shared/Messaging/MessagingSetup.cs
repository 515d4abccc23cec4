using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging;

/// <summary>The door to events.</summary>
public static class MessagingSetup
{
    /// <summary>Subscribes a consumer; its class name is its inbox's name and must not change.</summary>
    public static IServiceCollection AddEventConsumer<TConsumer, TEvent>(this IServiceCollection services)
        where TConsumer : class, IEventConsumer<TEvent>
        where TEvent : IPlatformEvent
    {
        services.AddSingleton<TConsumer>();
        return services.AddSingleton<EventSubscription>(provider => new EventSubscription<TEvent>(
            provider.GetRequiredService<TConsumer>(), provider.GetRequiredService<TenantDatabase>(), provider.GetRequiredService<TimeProvider>()));
    }
}
