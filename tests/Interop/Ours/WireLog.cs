using System.Collections.Concurrent;

namespace PromptPlatform.Interop.Tests.Ours;

/// <summary>Headers of one call: "request grpc-encoding", "response grpc-encoding" and so on.</summary>
internal sealed record Wire(IReadOnlyDictionary<string, string> Request, IReadOnlyDictionary<string, string> Response);

/// <summary>The headers of calls that carry a name in x-call.</summary>
internal sealed class WireLog
{
    public const string NameHeader = "x-call";

    private readonly ConcurrentDictionary<string, Wire> calls = new();

    public void Add(string call, IEnumerable<KeyValuePair<string, string>> request, IEnumerable<KeyValuePair<string, string>> response) =>
        calls[call] = new(ToDictionary(request), ToDictionary(response));

    public Wire Of(string call) => calls[call];

    private static Dictionary<string, string> ToDictionary(IEnumerable<KeyValuePair<string, string>> headers) =>
        new(headers, StringComparer.OrdinalIgnoreCase);
}
