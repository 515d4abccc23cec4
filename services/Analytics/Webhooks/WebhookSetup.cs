using System.Net;
using Microsoft.Extensions.Options;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>The door to webhooks.</summary>
internal static class WebhookSetup
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddRpcAccess(WebhookService.Descriptor);
        services.AddOptionsAtStart<WebhookOptions>("Analytics:Webhooks");
        services.AddSingleton<CreateWebhook>();
        services.AddSingleton<ListWebhooks>();
        services.AddSingleton<GetWebhook>();
        services.AddSingleton<UpdateWebhook>();
        services.AddSingleton<DeleteWebhook>();
        services.AddSingleton<RotateWebhookSecret>();
        services.AddSingleton<SendAgain>();
        services.AddSingleton<ListDeliveries>();
        services.AddSingleton<WebhookGrpcService>();
        services.AddSingleton(provider => new WebhookConnector(Dns.GetHostAddressesAsync, provider.GetRequiredService<IOptions<WebhookOptions>>().Value.AllowLoopback));
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<DeliverEvents>();
        services.AddHostedService<WebhookPump>();
        services.AddSingleton<KeepDeliveries>();
        services.AddHostedService(provider => provider.GetRequiredService<KeepDeliveries>());
        services.AddEventConsumer<QueueDeliveries, PromptEnhanced>();
        services.AddEventConsumer<QueueDeliveries, FeedbackSubmitted>();
    }
}
