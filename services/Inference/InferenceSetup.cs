using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Analysis;
using PromptPlatform.Inference.Models;
using PromptPlatform.Inference.Registry;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.Inference;

/// <summary>The door of the service; everything else is internal.</summary>
public static class InferenceSetup
{
    /// <summary>Registers the model and its RPCs. Needs the service defaults.</summary>
    public static WebApplicationBuilder AddInference(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsAtStart<InferenceOptions>("Inference");
        builder.Services.AddRpcAccess(InferenceService.Descriptor);
        builder.Services.AddSingleton<InferenceMetrics>();
        builder.Services.AddSingleton<ServedModels>();
        builder.Services.AddSingleton<ModelLoader>();
        builder.Services.AddSingleton<ModelSwitch>();
        builder.Services.AddSingleton<ShippedModel>();
        builder.AddRegistry();
        builder.Services.AddHostedService<ModelHost>();
        builder.Services.AddSingleton<AnalyzePrompt>();
        builder.Services.AddSingleton<ListLoadedModels>();
        builder.Services.AddHealthChecks().AddCheck<ModelHealth>("model", tags: ["ready"]);
        return builder;
    }

    /// <summary>Maps the RPCs.</summary>
    public static WebApplication MapInference(this WebApplication app)
    {
        app.MapGrpcService<InferenceGrpcService>();
        return app;
    }
}
