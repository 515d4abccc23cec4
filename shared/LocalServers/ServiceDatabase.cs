using System.Security.Cryptography;
using Npgsql;

namespace PromptPlatform.LocalServers;

/// <summary>A database of one service and its two roles.</summary>
/// <param name="Name">Name of the database.</param>
/// <param name="OwnerConnectionString">For migrations: owns the database and everything in it.</param>
/// <param name="AppConnectionString">For the service: owns nothing, may do what the migrations grant it, bound by row-level security.</param>
public sealed record ServiceDatabase(string Name, string OwnerConnectionString, string AppConnectionString)
{
    /// <summary>Creates what is missing of database and roles, and sets the roles' passwords. Safe to repeat.</summary>
    /// <param name="adminConnectionString">A connection of a superuser.</param>
    /// <param name="name">Name of the database: lower case letters, digits and underscores.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public static async Task<ServiceDatabase> EnsureAsync(string adminConnectionString, string name, CancellationToken cancellation)
    {
        if (name.Length is 0 or > 50 || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_'))
        {
            throw new ArgumentException($"'{name}' is no database name: 1 to 50 lower case letters, digits and underscores", nameof(name));
        }

        var (owner, app) = ($"{name}_owner", $"{name}_app");
        var (ownerPassword, appPassword) = (NewPassword(), NewPassword());

        await using (var server = NpgsqlDataSource.Create(Unpooled(adminConnectionString)))
        {
            await RunAsync(server, RoleSql(owner, ownerPassword), cancellation);
            await RunAsync(server, RoleSql(app, appPassword), cancellation);
            await using var probe = server.CreateCommand("SELECT 1 FROM pg_database WHERE datname = $1");
            probe.Parameters.Add(new NpgsqlParameter { Value = name });
            if (await probe.ExecuteScalarAsync(cancellation) is null)
            {
                await RunAsync(server, $"CREATE DATABASE {name} OWNER {owner}", cancellation);
            }
        }

        await using (var database = NpgsqlDataSource.Create(Unpooled(adminConnectionString, name)))
        {
            await RunAsync(database, GrantSql(name, owner, app), cancellation);
        }

        return new ServiceDatabase(name, As(adminConnectionString, name, owner, ownerPassword), As(adminConnectionString, name, app, appPassword));
    }

    // CREATE and ALTER ROLE take no parameters: names are checked above, passwords are hex digits.
    private static string RoleSql(string role, string password) => $"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
                CREATE ROLE {role} LOGIN;
            END IF;
        END $$;
        ALTER ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '{password}';
        """;

    private static string GrantSql(string name, string owner, string app) => $"""
        REVOKE ALL ON DATABASE {name} FROM PUBLIC;
        GRANT CONNECT ON DATABASE {name} TO {app};
        ALTER SCHEMA public OWNER TO {owner};
        GRANT USAGE ON SCHEMA public TO {app};
        """;

    private static async Task RunAsync(NpgsqlDataSource server, string sql, CancellationToken cancellation)
    {
        await using var command = server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string NewPassword() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static string Unpooled(string adminConnectionString, string? database = null)
    {
        var builder = new NpgsqlConnectionStringBuilder(adminConnectionString) { Pooling = false };
        builder.Database = database ?? builder.Database;
        return builder.ConnectionString;
    }

    private static string As(string adminConnectionString, string database, string role, string password) =>
        new NpgsqlConnectionStringBuilder(adminConnectionString) { Database = database, Username = role, Password = password }.ConnectionString;
}
