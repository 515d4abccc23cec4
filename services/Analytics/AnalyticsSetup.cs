using PromptPlatform.Analytics.Events;
using PromptPlatform.Analytics.Experiments;
using PromptPlatform.Analytics.Export;
using PromptPlatform.Analytics.Facts;
using PromptPlatform.Analytics.Learning;
using PromptPlatform.Analytics.Live;
using PromptPlatform.Analytics.PersonalData;
using PromptPlatform.Analytics.Questions;
using PromptPlatform.Analytics.Usage;
using PromptPlatform.Analytics.Webhooks;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.ServiceDefaults.Storage;
using DataRetention = PromptPlatform.Analytics.Events.DataRetention;

namespace PromptPlatform.Analytics;

/// <summary>The door to usage and quality figures.</summary>
public static class AnalyticsSetup
{
    /// <summary>Adds analytics with its database <c>analytics</c> and its consumers of <see cref="PromptEnhanced"/> and <see cref="FeedbackSubmitted"/>.</summary>
    public static WebApplicationBuilder AddAnalytics(this WebApplicationBuilder builder)
    {
        builder.AddDatabase("analytics", typeof(AnalyticsSetup).Assembly);
        builder.Services.AddRpcAccess(AnalyticsService.Descriptor);
        builder.Services.AddOptionsAtStart<EventOptions>("Analytics:Events");
        builder.Services.AddSingleton<GetUsage>();
        builder.Services.AddSingleton<IngestEvents>();
        builder.Services.AddSingleton<ExportEvents>();
        builder.Services.AddSingleton<CountEvents>();
        builder.Services.AddSingleton<GetActiveUsers>();
        builder.Services.AddSingleton<GetFunnel>();
        builder.Services.AddSingleton<GetRetention>();
        builder.Services.AddSingleton<CountEnhancements>();
        builder.Services.AddSingleton<GetTechniqueEffects>();
        builder.Services.AddSingleton<GetQuality>();
        builder.Services.AddSingleton<GetFairness>();
        builder.Services.AddSingleton<DataRetention>();
        builder.Services.AddSingleton<WatchUsage>();
        builder.Services.AddSingleton<LiveUsage>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LiveUsage>());
        builder.Services.AddSingleton<KeepEventDays>();
        builder.Services.AddHostedService(services => services.GetRequiredService<KeepEventDays>());
        builder.AddLearning();
        builder.Services.AddEventConsumer<CountEnhancement, PromptEnhanced>();
        builder.Services.AddEventConsumer<CountFeedback, FeedbackSubmitted>();
        builder.Services.AddWebhooks();
        builder.AddExperiments();
        builder.AddPersonalDataSources();
        return builder.AddMessaging("analytics");
    }

    /// <summary>Opens the RPCs of analytics and their REST routes.</summary>
    public static WebApplication MapAnalytics(this WebApplication app)
    {
        app.MapGrpcService<AnalyticsGrpcService>();
        app.MapGrpcService<WebhookGrpcService>();
        app.MapGrpcService<LearningGrpcService>();
        app.MapGrpcService<ExperimentGrpcService>();
        app.MapGrpcService<PersonalDataGrpcService>();
        return app;
    }
}
