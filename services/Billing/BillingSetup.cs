using PromptPlatform.Billing.Usage;
using PromptPlatform.Contracts.Billing.V1;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Billing;

/// <summary>The door to metering.</summary>
public static class BillingSetup
{
    /// <summary>Adds metering with its database <c>billing</c> and its consumer of <see cref="PromptEnhanced"/>.</summary>
    public static WebApplicationBuilder AddBilling(this WebApplicationBuilder builder)
    {
        builder.AddDatabase("billing", typeof(BillingSetup).Assembly);
        builder.Services.AddRpcAccess(BillingService.Descriptor);
        builder.Services.AddSingleton<GetUsage>();
        builder.Services.AddEventConsumer<MeterEnhancement, PromptEnhanced>();
        return builder.AddMessaging("billing");
    }

    /// <summary>Opens the RPCs of billing and their REST routes.</summary>
    public static WebApplication MapBilling(this WebApplication app)
    {
        app.MapGrpcService<BillingGrpcService>();
        return app;
    }
}
