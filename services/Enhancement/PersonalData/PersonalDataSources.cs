using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Storage;
using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Enhancement.PersonalData;

/// <summary>What Enhancement holds of organisations: their prompts and what was said of them, also of one caller or end user.</summary>
internal static class PersonalDataSources
{
    public static WebApplicationBuilder AddPersonalDataSources(this WebApplicationBuilder builder)
    {
        builder.Services.AddRpcAccess(PersonalDataService.Descriptor);
        return builder.AddPersonalData(
            "enhancement",
            services => new FeedbackData(services.GetRequiredService<PromptCipher>()),
            services => new EnhancementData(services.GetRequiredService<PromptCipher>()),
            _ => new PersonalDataTable("policy_overlays", [("revision", "int")]));
    }
}
