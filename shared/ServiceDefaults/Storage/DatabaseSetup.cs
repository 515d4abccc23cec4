using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Idempotency;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.ServiceDefaults.Storage;

/// <summary>The door to a service's database.</summary>
public static class DatabaseSetup
{
    /// <summary>
    /// Adds the database <paramref name="name"/>: <c>ConnectionStrings:name</c> is the application role that owns nothing,
    /// <c>ConnectionStrings:name-owner</c> the role that migrates (only <c>migrate</c> needs it). Adds
    /// <see cref="TenantDatabase"/>, <see cref="Migrator"/>, <see cref="PromptCipher"/>, <see cref="IdempotentRequests"/>, housekeeping and a readiness check.
    /// A service that works without its database passes false for <paramref name="isRequired"/>: then there is no readiness check.
    /// </summary>
    public static WebApplicationBuilder AddDatabase(this WebApplicationBuilder builder, string name, Assembly migrations, bool isRequired = true)
    {
        string application = builder.Configuration.GetConnectionString(name)
            ?? throw new SettingsException($"ConnectionStrings:{name}", "is missing: give the connection string of the application role");
        string owner = builder.Configuration.GetConnectionString(name + "-owner") ?? application;
        string role = new NpgsqlConnectionStringBuilder(application).Username
            ?? throw new SettingsException($"ConnectionStrings:{name}", "has no Username");
        builder.Services.AddOptionsAtStart<EncryptionOptions>("Encryption");
        builder.Services.AddSingleton(services => new TenantDatabase(BuildSource(application, services)));
        builder.Services.AddSingleton(services => new Migrator(owner, role, [typeof(DatabaseSetup).Assembly, migrations], services.GetRequiredService<ILogger<Migrator>>()));
        builder.Services.AddSingleton<DataKeys>();
        builder.Services.AddSingleton<PromptCipher>();
        builder.Services.AddSingleton<PlatformCipher>();
        builder.Services.AddSingleton<IdempotentRequests>();
        builder.Services.AddHostedService<Housekeeping>();
        if (isRequired)
            builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"], timeout: TimeSpan.FromSeconds(2));
        return builder;
    }

    private static NpgsqlDataSource BuildSource(string connection, IServiceProvider services)
    {
        var source = new NpgsqlDataSourceBuilder(WithDefaults(connection).ConnectionString);
        source.UseLoggerFactory(services.GetRequiredService<ILoggerFactory>());
        return source.Build();
    }

    /// <summary>The connection string with our defaults where it says nothing of its own.</summary>
    internal static NpgsqlConnectionStringBuilder WithDefaults(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        // Keys are those that were given; ContainsKey is true for every keyword that exists.
        var given = settings.Keys.Cast<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        // A full pool answers within a second (then 503); a lost server is noticed; no statement runs for ever.
        if (!given.Contains("Timeout"))
            settings.Timeout = 2;
        if (!given.Contains("Command Timeout"))
            settings.CommandTimeout = 10;
        if (!given.Contains("Maximum Pool Size"))
            settings.MaxPoolSize = 20;
        if (!given.Contains("Max Auto Prepare"))
            settings.MaxAutoPrepare = 50;
        settings.IncludeErrorDetail = false;
        if (string.IsNullOrEmpty(settings.Options))
            settings.Options = "-c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000";
        return settings;
    }
}
