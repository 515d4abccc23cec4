using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Inference.Registry;

/// <summary>The registry's calls, one use case each.</summary>
internal sealed record RegistryCalls(ListModelVersions List, GetModelVersion Get, RegisterModel Register, StageModel Stage, RollbackModel Rollback);

/// <summary>The door to the registry.</summary>
internal static class RegistrySetup
{
    private const string Database = "inference";

    /// <summary>Adds the registry, on its database when <c>ConnectionStrings:inference</c> names one. The service is ready without it.</summary>
    public static void AddRegistry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString(Database) is not null)
        {
            builder.AddDatabase(Database, typeof(RegistrySetup).Assembly, isRequired: false);
        }
        else
        {
            // Only `migrate` asks for it; then the setting is what is missing.
            builder.Services.AddSingleton<Migrator>(_ => throw new SettingsException($"ConnectionStrings:{Database}", "is missing: give the connection string of the application role"));
        }

        builder.Services.AddSingleton<RegistryDatabase>();
        builder.Services.AddSingleton<ArtefactStore>();
        builder.Services.AddSingleton<ModelIntake>();
        builder.Services.AddSingleton<RegistryWatch>();
        builder.Services.AddSingleton<RegisterShippedModel>();
        builder.Services.AddSingleton<RegistryKeeper>();
        builder.Services.AddSingleton<ListModelVersions>();
        builder.Services.AddSingleton<GetModelVersion>();
        builder.Services.AddSingleton<RegisterModel>();
        builder.Services.AddSingleton<StageModel>();
        builder.Services.AddSingleton<RollbackModel>();
        builder.Services.AddSingleton<RegistryCalls>();
    }
}
