using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Google.Protobuf;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Sides;

/// <summary>An official library, in two processes: neither its calls nor its servers keep the others waiting.</summary>
internal sealed class PeerSide(PeerProcess caller, PeerProcess server) : ISide, IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<CallKind>(JsonNamingPolicy.CamelCase) },
    };

    public async Task<Outcome> CallAsync(CallPlan plan) => (await SendAsync(caller, "call", plan)).Deserialize<Outcome>(Json)!;

    public Task CancelAsync(string name) => SendAsync(caller, "cancel", new { call = name });

    public async Task<int> ServeAsync(ServerPlan plan) => (await SendAsync(server, "serve", plan)).GetProperty("port").GetInt32();

    public async Task<Note?> RecallAsync(string name)
    {
        JsonElement note = await SendAsync(server, "recall", new { call = name });
        return note.ValueKind == JsonValueKind.Null ? null : JsonParser.Default.Parse<Note>(note.GetRawText());
    }

    public Task ReleaseAsync(string name) => SendAsync(server, "release", new { call = name });

    public Task DrainAsync(int port) => SendAsync(server, "drain", new { server = port });

    public async ValueTask DisposeAsync()
    {
        await caller.DisposeAsync();
        await server.DisposeAsync();
    }

    private static Task<JsonElement> SendAsync<T>(PeerProcess process, string what, T command) =>
        process.SendAsync(what, JsonSerializer.SerializeToNode(command, Json)!.AsObject());
}
