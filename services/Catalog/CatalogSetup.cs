using PromptPlatform.Catalog.PersonalData;
using PromptPlatform.Catalog.Seeding;
using PromptPlatform.Catalog.Snapshots;
using PromptPlatform.Catalog.Techniques;
using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Catalog;

/// <summary>The door to the catalogue of prompt-engineering techniques.</summary>
public static class CatalogSetup
{
    /// <summary>Adds the catalogue with its database <c>catalog</c>. At every start the techniques that ship with it are brought up to date.</summary>
    public static WebApplicationBuilder AddCatalog(this WebApplicationBuilder builder)
    {
        builder.AddDatabase("catalog", typeof(CatalogSetup).Assembly);
        builder.Services.AddRpcAccess(CatalogService.Descriptor);
        builder.Services.AddSingleton(_ => TechniqueSeed.Read());
        builder.Services.AddSingleton<SeedTechniques>();
        builder.Services.AddSingleton<SnapshotFeed>();
        builder.Services.AddSingleton<TakeSnapshot>();
        builder.Services.AddSingleton<FindTechniques>();
        builder.Services.AddSingleton<GetTechnique>();
        builder.Services.AddSingleton<FollowSnapshots>();
        builder.Services.AddHostedService<CatalogKeeper>();
        builder.Services.AddHealthChecks().AddCheck<SnapshotHealth>("techniques", tags: ["ready"]);
        builder.AddPersonalDataSources();
        return builder.AddMessaging("catalog");
    }

    /// <summary>Opens the catalogue's RPCs and their REST routes.</summary>
    public static WebApplication MapCatalog(this WebApplication app)
    {
        app.MapGrpcService<CatalogGrpcService>();
        app.MapGrpcService<PersonalDataGrpcService>();
        return app;
    }
}
