using PromptPlatform.Inference.Storage;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Inference.Registry;

/// <summary>The registry's database, where there is one.</summary>
internal sealed class RegistryDatabase(IServiceProvider services)
{
    private readonly TenantDatabase? database = services.GetService<TenantDatabase>();

    /// <summary>False in an installation that only ever serves the model that ships.</summary>
    public bool IsThere => database is not null;

    /// <exception cref="RequestException">There is no registry.</exception>
    public TenantDatabase Require() => database
        ?? throw RequestException.Unprocessable("no_model_registry", "this installation has no model registry: give ConnectionStrings:inference and migrate");

    /// <exception cref="RequestException">There is no registry.</exception>
    public Task<TenantTransaction> BeginAsync(CancellationToken cancellation) => Require().BeginPlatformAsync(ModelRows.Purpose, cancellation);
}
