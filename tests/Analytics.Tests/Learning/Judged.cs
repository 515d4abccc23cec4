using System.Net;
using System.Text.Json;
using PromptPlatform.Events;

namespace PromptPlatform.Analytics.Tests.Learning;

/// <summary>Enhancements that were judged, and what learning says of them.</summary>
internal static class Judged
{
    /// <summary>An enhancement with these techniques and its feedback; the intent is one that no other test uses.</summary>
    public static IPlatformEvent[] Enhancement(Guid org, string at, string rating, string[] techniques, string intent = "code_debugging", string target = "claude", string outcome = "", int? stars = null)
    {
        var enhanced = Happened.Enhanced(org, at) with { Intent = intent, TargetFamily = target, Techniques = techniques };
        return [enhanced, Happened.Feedback(org, enhanced.EnhancementId, at, rating) with { Outcome = outcome, Stars = stars }];
    }

    public static async Task DeliverAsync(this AnalyticsApplication analytics, IEnumerable<IPlatformEvent> events)
    {
        foreach (var happened in events)
            await analytics.DeliverAsync(happened);
    }

    /// <summary>What the organisation knows, as text: equal texts are equal answers.</summary>
    public static async Task<IReadOnlyList<JsonElement>> EffectivenessAsync(this AnalyticsApplication analytics, Guid org, string query = "?intent=code_debugging")
    {
        var (status, json) = await analytics.CallAsync(org, "learning:read", HttpMethod.Get, "/v1/learning/effectiveness" + query);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), json.ToString());
        return [.. json.GetProperty("data").EnumerateArray()];
    }

    public static async Task<(HttpStatusCode Status, JsonElement Json)> SettingsAsync(this AnalyticsApplication analytics, Guid org, string? put = null) => put is null
        ? await analytics.CallAsync(org, "learning:read", HttpMethod.Get, "/v1/learning/settings")
        : await analytics.CallAsync(org, "learning:write", HttpMethod.Put, "/v1/learning/settings", put);

    public static double Number(this JsonElement json, string property) => json.GetProperty(property).GetDouble();
}
