using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Catalog.PersonalData;

/// <summary>What the catalogue holds of organisations: techniques of their own. It knows no people.</summary>
internal static class PersonalDataSources
{
    public static WebApplicationBuilder AddPersonalDataSources(this WebApplicationBuilder builder)
    {
        builder.Services.AddRpcAccess(PersonalDataService.Descriptor);
        return builder.AddPersonalData("catalog", _ => new PersonalDataTable("techniques", [("id", "text")], null, "search", "words", "heading"));
    }
}
