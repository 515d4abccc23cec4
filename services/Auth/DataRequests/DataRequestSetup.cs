using PromptPlatform.Auth.Storage;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Auth.DataRequests;

/// <summary>The door to data requests: those of all services, and what Auth itself holds of people.</summary>
internal static class DataRequestSetup
{
    public static WebApplicationBuilder AddDataRequests(this WebApplicationBuilder builder)
    {
        builder.Services.AddRpcAccess(AccountService.Descriptor);
        builder.Services.AddRpcAccess(PersonalDataService.Descriptor);
        builder.Services.AddSingleton<ExportAccount>();
        builder.Services.AddSingleton<EraseAccount>();
        builder.Services.AddSingleton<ListDataRequests>();
        builder.Services.AddSingleton<GetDataRequest>();
        builder.Services.AddSingleton<AccountGrpcService>();
        builder.Services.AddEventConsumer<CollectReceipt, PersonalDataHandled>();
        return builder.AddPersonalData("auth", _ => new NamedRows("organizations", "org_id"), _ => new NamedRows("api_keys", "key_id"), s => new RequestedActors(s.GetRequiredService<PlatformCipher>()));
    }
}
