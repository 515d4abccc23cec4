using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Analytics.PersonalData;

/// <summary>The door to export and erasure of what analytics holds.</summary>
internal static class PersonalDataSetup
{
    public static WebApplicationBuilder AddPersonalDataSources(this WebApplicationBuilder builder)
    {
        builder.Services.AddRpcAccess(PersonalDataService.Descriptor);
        return builder.AddPersonalData("analytics", PersonalDataSources.All);
    }
}
