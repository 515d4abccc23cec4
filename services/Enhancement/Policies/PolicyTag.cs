using Grpc.Core;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Enhancement.Policies;

/// <summary>The version of a policy as ETag and If-Match (RFC 9110).</summary>
internal static class PolicyTag
{
    private const string Header = "if-match";

    public static void Write(ServerCallContext call, string version) => call.GetHttpContext().Response.Headers.ETag = $"\"{version}\"";

    /// <summary>Whether the caller made the change from a state that it named.</summary>
    public static bool IsGiven(ServerCallContext call) => Read(call).Any();

    /// <summary>412 when If-Match names other versions than <paramref name="current"/>.</summary>
    public static void Require(ServerCallContext call, string current)
    {
        var tags = Read(call).ToList();
        if (tags.Count > 0 && !tags.Contains("*") && !tags.Contains($"\"{current}\"") && !tags.Contains(current))
            throw RequestException.Stale("policy");
    }

    private static IEnumerable<string> Read(ServerCallContext call) =>
        call.RequestHeaders.Where(e => !e.IsBinary && e.Key.Equals(Header, StringComparison.OrdinalIgnoreCase))
            .SelectMany(e => e.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
