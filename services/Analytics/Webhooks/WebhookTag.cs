using System.Globalization;
using Grpc.Core;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>The revision of a webhook as ETag and If-Match (RFC 9110).</summary>
internal static class WebhookTag
{
    public static void Write(ServerCallContext call, Webhook webhook) => call.GetHttpContext().Response.Headers.ETag = TagOf(webhook);

    /// <summary>412 when If-Match names another revision than the present one.</summary>
    public static void Require(ServerCallContext call, Webhook webhook)
    {
        var tags = call.RequestHeaders.Where(e => !e.IsBinary && e.Key.Equals("if-match", StringComparison.OrdinalIgnoreCase))
            .SelectMany(e => e.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (tags.Count > 0 && !tags.Contains("*") && !tags.Contains(TagOf(webhook)))
            throw RequestException.Stale(Webhook.Noun);
    }

    private static string TagOf(Webhook webhook) => string.Create(CultureInfo.InvariantCulture, $"\"{webhook.Revision}\"");
}
