using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PromptPlatform.LocalServers;
using PromptPlatform.TestKit;

namespace PromptPlatform.Enhancement.Tests.Service;

/// <summary>The Enhancement service, running, with methods that speak its language.</summary>
internal sealed class EnhancementApplication(ServiceHost host, FakeFleet fleet) : IAsyncDisposable
{
    private const string Scopes = "enhance history:read history:write feedback:write policy:write experiments:write";

    public FakeFleet Fleet => fleet;

    public ServiceHost Host => host;

    /// <summary>Starts it; with <paramref name="database"/> as one more replica, with <paramref name="clock"/> by that clock.</summary>
    public static async Task<EnhancementApplication> StartAsync(ErrorLogGuard errors, ServiceDatabase? database = null, TimeProvider? clock = null)
    {
        var fleet = await FakeFleet.StartAsync();
        void Configure(WebApplicationBuilder builder)
        {
            if (clock is not null)
                builder.Services.AddSingleton(clock);
        }
        var host = await ServiceHost.StartAsync("enhancement", EnhancementSetup.AddEnhancement, EnhancementSetup.MapEnhancement, errors, database, Configure, settings:
        [
            $"--services:auth:grpc:0={fleet.Address}",
            $"--services:inference:grpc:0={fleet.Address}",
            $"--services:catalog:grpc:0={fleet.Address}",
            $"--services:analytics:grpc:0={fleet.Address}",
            "--Enhancement:ExperimentRefresh=00:00:00.050",
            "--Identity:ServiceSecret=test",
        ]);
        return new EnhancementApplication(host, fleet);
    }

    /// <summary>A client of an organisation; a new one when none is named.</summary>
    public HttpClient Client(Guid? org = null, string scopes = Scopes) => host.Http(org ?? Guid.NewGuid(), scopes);

    /// <summary>A client of an organisation by a clock that is turned: its token is fresh at that moment.</summary>
    public HttpClient Client(Guid org, DateTimeOffset now)
    {
        var http = host.Http();
        http.DefaultRequestHeaders.Authorization = new("Bearer", host.Identity.Token("enhancement", org, Scopes, now));
        return http;
    }

    /// <summary>Runs a statement as the superuser, whom no policy binds.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var source = await AdminAsync();
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync().WithinAsync();
    }

    /// <summary>Reads one value as the superuser.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var source = await AdminAsync();
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync().WithinAsync();
    }

    private async Task<NpgsqlDataSource> AdminAsync() =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await PostgresServer.AdminAsync()) { Database = new NpgsqlConnectionStringBuilder(host.Database.AppConnectionString).Database }.ConnectionString);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await fleet.DisposeAsync();
    }
}

/// <summary>Requests as a REST client sends them.</summary>
internal static class EnhancementRequests
{
    public static Task<Reply> EnhanceAsync(this HttpClient http, object body, string? key = null) => http.PostAsync("/v1/enhance", JsonSerializer.Serialize(body), key);

    public static async Task<Reply> PostAsync(this HttpClient http, string path, string body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await Reply.OfAsync(http.SendAsync(request));
    }

    public static async Task<Reply> PutAsync(this HttpClient http, string path, object body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await Reply.OfAsync(http.SendAsync(request));
    }

    public static Task<Reply> ReadAsync(this HttpClient http, string path) => Reply.OfAsync(http.GetAsync(path));

    public static Task<Reply> EraseAsync(this HttpClient http, string path) => Reply.OfAsync(http.DeleteAsync(path));
}

/// <summary>An answer, read whole.</summary>
internal sealed record Reply(HttpStatusCode Status, string Text, HttpResponseMessage Message)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string this[string property] => Json.GetProperty(property).ToString();

    /// <summary>The pointer of the first field that the problem names.</summary>
    public string Pointer => Json.GetProperty("errors")[0].GetProperty("pointer").GetString()!;

    public static async Task<Reply> OfAsync(Task<HttpResponseMessage> sent)
    {
        var message = await sent.WithinAsync();
        return new Reply(message.StatusCode, await message.Content.ReadAsStringAsync().WithinAsync(), message);
    }
}
