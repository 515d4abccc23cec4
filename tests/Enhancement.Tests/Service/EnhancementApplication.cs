using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PromptPlatform.TestKit;

namespace PromptPlatform.Enhancement.Tests.Service;

/// <summary>The Enhancement service, running, with methods that speak its language.</summary>
internal sealed class EnhancementApplication(ServiceHost host, FakeFleet fleet) : IAsyncDisposable
{
    private const string Scopes = "enhance history:read history:write feedback:write";

    public FakeFleet Fleet => fleet;

    public ServiceHost Host => host;

    public static async Task<EnhancementApplication> StartAsync(ErrorLogGuard errors)
    {
        var fleet = await FakeFleet.StartAsync();
        var host = await ServiceHost.StartAsync("enhancement", EnhancementSetup.AddEnhancement, EnhancementSetup.MapEnhancement, errors, settings:
        [
            $"--services:auth:grpc:0={fleet.Address}",
            $"--services:inference:grpc:0={fleet.Address}",
            $"--services:catalog:grpc:0={fleet.Address}",
            "--Identity:ServiceSecret=test",
        ]);
        return new EnhancementApplication(host, fleet);
    }

    /// <summary>A client of an organisation; a new one when none is named.</summary>
    public HttpClient Client(Guid? org = null, string scopes = Scopes) => host.Http(org ?? Guid.NewGuid(), scopes);

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
