using System.Net.Http.Json;
using System.Text.Json;

namespace PromptPlatform.Faults.Tests;

/// <summary>The whole history as the API lists it.</summary>
internal static class History
{
    public static async Task<IReadOnlyList<(string Id, string Original)>> ReadAsync(HttpClient http)
    {
        var found = new List<(string, string)>();
        string cursor = "";
        while (true)
        {
            var page = await http.GetFromJsonAsync<JsonElement>($"/v1/enhancements?limit=100&cursor={cursor}");
            found.AddRange(page.GetProperty("data").EnumerateArray().Select(e => (e.GetProperty("id").GetString()!, e.GetProperty("original").GetString()!)));
            if (!page.GetProperty("hasMore").GetBoolean())
                return found;
            cursor = page.GetProperty("nextCursor").GetString()!;
        }
    }
}
