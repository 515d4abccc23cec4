using Npgsql;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

internal sealed class StoredSecretTests : AuthTest
{
    [Test]
    public async Task Secrets_AreNowhereInTheDatabase()
    {
        var headers = await Auth.AsAsync(Auth.Operator.Secret);
        headers.Add("idempotency-key", "secret-scan");
        var made = await Auth.Client.CreateApiKeyAsync(new CreateApiKeyRequest { Name = "scanned" }, headers).ResponseAsync.WithinAsync();
        var org = await Auth.CreateOrganizationAsync("scanned");

        var everything = await ReadEverythingAsync();

        Assert.That(everything, Has.Some.Contains(made.ApiKey.LastFour), "the scan sees the rows");
        foreach (string secret in new[] { made.Secret, org.Secret, Auth.Operator.Secret })
        {
            string unique = secret[8..^4];
            Assert.That(everything.Where(text => text.Contains(unique, StringComparison.Ordinal)), Is.Empty);
        }
    }

    [Test]
    public async Task SigningKeys_AreNotStoredInPlain()
    {
        var sealedKeys = (await ReadColumnAsync("signing_keys", "sealed", isBytes: true)).ToList();

        // How a P-256 private key begins in PKCS #8 (RFC 5958).
        string beginning = System.Text.Encoding.Latin1.GetString(SigningKeys.SigningKey.Make())[..6];
        Assert.That(sealedKeys, Is.Not.Empty);
        Assert.That(sealedKeys.Where(text => text.Contains(beginning, StringComparison.Ordinal)), Is.Empty);
    }

    private async Task<List<string>> ReadEverythingAsync()
    {
        var columns = new List<(string Table, string Column, bool IsBytes)>();
        await using (var connection = await OpenAsync())
        await using (var command = new NpgsqlCommand("SELECT table_name, column_name, data_type = 'bytea' FROM information_schema.columns WHERE table_schema = 'public'", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                columns.Add((reader.GetString(0), reader.GetString(1), reader.GetBoolean(2)));
        }
        var found = new List<string>();
        foreach (var (table, column, isBytes) in columns)
            found.AddRange(await ReadColumnAsync(table, column, isBytes));
        return found;
    }

    private async Task<IEnumerable<string>> ReadColumnAsync(string table, string column, bool isBytes)
    {
        var values = new List<string>();
        await using var connection = await OpenAsync();
        string value = isBytes ? $"encode(\"{column}\", 'hex')" : $"\"{column}\"::text";
        await using var command = new NpgsqlCommand($"SELECT {value} FROM \"{table}\" WHERE \"{column}\" IS NOT NULL", connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            values.Add(isBytes ? System.Text.Encoding.Latin1.GetString(Convert.FromHexString(reader.GetString(0))) : reader.GetString(0));
        return values;
    }

    // As the superuser, whom row-level security does not bind.
    private async Task<NpgsqlConnection> OpenAsync()
    {
        var admin = new NpgsqlConnectionStringBuilder(await PostgresServer.AdminAsync()) { Database = Auth.Database.Name, Pooling = false };
        var connection = new NpgsqlConnection(admin.ConnectionString);
        await connection.OpenAsync().WithinAsync();
        return connection;
    }
}
