using PromptPlatform.ServiceDefaults;

namespace PromptPlatform.Standalone;

/// <summary>A service that standalone runs by its own doors.</summary>
/// <param name="Name">The name that settings, databases and addresses go by, such as <c>catalog</c>.</param>
/// <param name="Add">Adds the service to its host.</param>
/// <param name="Map">Opens its endpoints.</param>
/// <param name="HasDatabase">False for a service without state.</param>
internal sealed record FleetMember(string Name, Action<WebApplicationBuilder> Add, Action<WebApplication> Map, bool HasDatabase)
{
    /// <summary>A service with the defaults that all have, the same as its own program adds.</summary>
    public static FleetMember Service(string name, Action<WebApplicationBuilder> add, Action<WebApplication> map, bool hasDatabase = true) => new(
        name,
        builder => add(builder.AddServiceDefaults(name)),
        app => map(app.MapServiceDefaults()),
        hasDatabase);
}
