using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.ServiceDefaults.Clients;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Enhancement.Experiments;

/// <summary>The door to experiments.</summary>
internal static class ExperimentSetup
{
    public static void AddExperiments(this WebApplicationBuilder builder)
    {
        builder.AddFleetClient<ExperimentService.ExperimentServiceClient>("analytics", nameof(ExperimentService.ExperimentServiceClient.SaveExperiment));
        builder.Services.AddRpcAccess(ExperimentDefinitionService.Descriptor);
        builder.Services.AddSingleton<ExperimentFeed>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ExperimentFeed>());
        builder.Services.AddSingleton<ArmPolicies>();
        builder.Services.AddSingleton<DefineExperiment>();
    }
}
