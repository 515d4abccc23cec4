using Microsoft.Extensions.Options;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Enhancement.Classifying;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Experiments;
using PromptPlatform.Enhancement.Feedback;
using PromptPlatform.Enhancement.History;
using PromptPlatform.Enhancement.Learning;
using PromptPlatform.Enhancement.PersonalData;
using PromptPlatform.Enhancement.Policies;
using PromptPlatform.Enhancement.Requests;
using PromptPlatform.Enhancement.Scoring;
using PromptPlatform.Enhancement.Techniques;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Clients;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Enhancement;

/// <summary>The one door of the Enhancement service.</summary>
public static class EnhancementSetup
{
    /// <summary>Registers all it needs.</summary>
    public static WebApplicationBuilder AddEnhancement(this WebApplicationBuilder builder)
    {
        builder.AddDatabase("enhancement", typeof(EnhancementSetup).Assembly);
        builder.AddFleetClient<InferenceService.InferenceServiceClient>("inference", nameof(InferenceService.InferenceServiceClient.Analyze));
        builder.AddFleetClient<CatalogService.CatalogServiceClient>("catalog");
        builder.Services.AddRpcAccess(EnhancementService.Descriptor);
        builder.Services.AddOptionsAtStart<EnhancementOptions>("Enhancement");
        builder.Services.AddSingleton(new PromptEnhancer(TechniquePolicy.Shipped));
        builder.Services.AddSingleton(services => PriceTable.Load(services.GetRequiredService<IOptions<EnhancementOptions>>().Value.PriceFile));
        builder.Services.AddSingleton<PromptClassifier>();
        builder.Services.AddSingleton<TechniqueFeed>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TechniqueFeed>());
        builder.AddFleetClient<LearningService.LearningServiceClient>("analytics", nameof(LearningService.LearningServiceClient.FindLearningSnapshots));
        builder.Services.AddOptionsAtStart<LearningOptions>("Enhancement:Learning");
        builder.Services.AddSingleton<LearningFeed>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LearningFeed>());
        builder.Services.AddHostedService<EngineWarmUp>();
        builder.Services.AddSingleton<EnhancementMetrics>();
        builder.Services.AddSingleton<EnhancementWork>();
        builder.Services.AddSingleton<EnhancePrompt>();
        builder.Services.AddSingleton<EnhanceBatch>();
        builder.Services.AddSingleton<AnalyzePrompt>();
        builder.Services.AddSingleton<ListEnhancements>();
        builder.Services.AddSingleton<GetEnhancement>();
        builder.Services.AddSingleton<ApplyEdits>();
        builder.Services.AddSingleton<DeleteEnhancement>();
        builder.Services.AddSingleton<SubmitFeedback>();
        builder.Services.AddSingleton<OrganizationPolicies>();
        builder.Services.AddSingleton<OverlayWriting>();
        builder.Services.AddSingleton<GetPolicy>();
        builder.Services.AddSingleton<PutPolicyOverlay>();
        builder.Services.AddSingleton<DeletePolicyOverlay>();
        builder.Services.AddSingleton<ValidatePolicy>();
        builder.Services.AddSingleton<EnhancementGrpcService>();
        builder.AddExperiments();
        builder.AddPersonalDataSources();
        return builder.AddMessaging("enhancement");
    }

    /// <summary>Maps its RPCs.</summary>
    public static WebApplication MapEnhancement(this WebApplication app)
    {
        app.MapGrpcService<EnhancementGrpcService>();
        app.MapGrpcService<ExperimentDefinitionGrpcService>();
        app.MapGrpcService<PersonalDataGrpcService>();
        return app;
    }
}
