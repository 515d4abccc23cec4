using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Google.Protobuf;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Sides;

/// <summary>An official library, in a process of its own.</summary>
internal sealed class PeerSide(PeerProcess process) : ISide, IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<CallKind>(JsonNamingPolicy.CamelCase) },
    };

    public async Task<Outcome> CallAsync(CallPlan plan) => (await SendAsync("call", plan)).Deserialize<Outcome>(Json)!;

    public Task CancelAsync(string name) => SendAsync("cancel", new { call = name });

    public async Task<int> ServeAsync(ServerPlan plan) => (await SendAsync("serve", plan)).GetProperty("port").GetInt32();

    public async Task<Note?> RecallAsync(string name)
    {
        JsonElement note = await SendAsync("recall", new { call = name });
        return note.ValueKind == JsonValueKind.Null ? null : JsonParser.Default.Parse<Note>(note.GetRawText());
    }

    public Task ReleaseAsync(string name) => SendAsync("release", new { call = name });

    public Task DrainAsync(int port) => SendAsync("drain", new { server = port });

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private Task<JsonElement> SendAsync<T>(string what, T command) =>
        process.SendAsync(what, JsonSerializer.SerializeToNode(command, Json)!.AsObject());
}
