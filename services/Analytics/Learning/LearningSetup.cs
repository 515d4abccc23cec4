using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.Analytics.Learning;

/// <summary>The door to learning, within analytics.</summary>
internal static class LearningSetup
{
    public static void AddLearning(this WebApplicationBuilder builder)
    {
        builder.Services.AddRpcAccess(LearningService.Descriptor);
        builder.Services.AddOptionsAtStart<LearningOptions>("Analytics:Learning");
        builder.Services.AddSingleton<OrganizationBeliefs>();
        builder.Services.AddSingleton<ListEffectiveness>();
        builder.Services.AddSingleton<GetLearningSettings>();
        builder.Services.AddSingleton<PutLearningSettings>();
        builder.Services.AddSingleton<ResetLearning>();
        builder.Services.AddSingleton<FindLearningSnapshots>();
        builder.Services.AddSingleton<LearnFromAll>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LearnFromAll>());
    }
}
