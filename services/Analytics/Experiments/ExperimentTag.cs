using System.Globalization;
using Grpc.Core;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Analytics.Experiments;

/// <summary>The revision of an experiment as ETag and If-Match (RFC 9110).</summary>
internal static class ExperimentTag
{
    public static void Write(ServerCallContext call, int revision) => call.GetHttpContext().Response.Headers.ETag = Of(revision);

    /// <summary>412 when the tags name other revisions; none names any.</summary>
    public static void Require(IReadOnlyCollection<string> tags, int revision)
    {
        if (tags.Count > 0 && !tags.Contains("*") && !tags.Contains(Of(revision)))
            throw RequestException.Stale("experiment");
    }

    private static string Of(int revision) => $"\"{revision.ToString(CultureInfo.InvariantCulture)}\"";
}
