using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>The door to experiments.</summary>
internal static class ExperimentSetup
{
    public static void AddExperiments(this WebApplicationBuilder builder)
    {
        builder.Services.AddRpcAccess(ExperimentService.Descriptor);
        builder.Services.AddOptionsAtStart<ExperimentOptions>("Analytics:Experiments");
        builder.Services.AddSingleton<ReadExperiments>();
        builder.Services.AddSingleton<ChangeExperiment>();
        builder.Services.AddSingleton<SaveExperiment>();
        builder.Services.AddSingleton<GetExperimentResults>();
        builder.Services.AddSingleton<FollowRunning>();
        builder.Services.AddSingleton<WatchGuardrails>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WatchGuardrails>());
    }
}
