using PromptPlatform.Auth.ApiKeys;
using PromptPlatform.Auth.Organizations;
using PromptPlatform.Auth.Storage;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Auth;

/// <summary>
/// The way in for the owner of the process and its database: no endpoint leads here. Standalone calls it at every start,
/// a fleet once by <c>PromptPlatform.Auth create-operator</c>.
/// </summary>
public static class AuthBootstrap
{
    private const string OrganizationName = "default";
    private const string KeyName = "operator";

    /// <summary>
    /// Answers a live key of the operator's organisation. Makes the organisation when there is none, and a key when
    /// <paramref name="kept"/>, the secret of an earlier start, is null or no longer good: revoked, at its end, or older than a scope that operators hold now.
    /// </summary>
    /// <param name="services">The services of a built Auth whose schema is up to date.</param>
    /// <param name="kept">The secret that the caller kept; null when it has none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public static async Task<OperatorKey> EnsureOperatorAsync(IServiceProvider services, string? kept, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<TenantDatabase>();
        var now = services.GetRequiredService<TimeProvider>().GetStoredNow();
        await using var transaction = await database.BeginPlatformAsync("operator", cancellation);
        var found = await OrganizationRows.FindOperatorAsync(transaction, cancellation);
        if (found is not null && kept is not null && await IsGoodAsync(database, found, kept, now, cancellation))
            return new OperatorKey(found.PublicOrgId, kept, Created: false);
        var organization = found ?? Organization.Make(OrganizationName, isOperator: true, now);
        var (key, secret) = ApiKey.Make(organization.OrgId, KeyName, ApiKeySecret.Live, KeyScopes.OfOperator, expiresAt: null, now);
        await using var batch = transaction.Batch();
        if (found is null)
            OrganizationRows.Insert(batch, organization);
        ApiKeyRows.Insert(batch, key, ApiKeySecret.Hash(secret));
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new OperatorKey(organization.PublicOrgId, secret, Created: true);
    }

    /// <summary>The command <c>create-operator</c>: prints a new operator's key once, on standard output.</summary>
    internal static async Task CreateOperatorAsync(IServiceProvider services)
    {
        var made = await EnsureOperatorAsync(services, kept: null, CancellationToken.None);
        await Console.Out.WriteLineAsync(made.Secret);
    }

    private static async Task<bool> IsGoodAsync(TenantDatabase database, Organization organization, string kept, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!ApiKeySecret.IsWellFormed(kept))
            return false;
        await using var transaction = await database.BeginPlatformAsync("key-lookup", cancellation);
        var key = await ApiKeyRows.FindByHashAsync(transaction, ApiKeySecret.Hash(kept), cancellation);
        return key is { RevokedAt: null } && key.OrgId == organization.OrgId && !(key.ExpiresAt <= now) && KeyScopes.OfOperator.All(key.Scopes.Contains);
    }
}
