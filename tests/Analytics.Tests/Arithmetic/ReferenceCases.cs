using System.Text.Json;

namespace PromptPlatform.Analytics.Tests.Arithmetic;

/// <summary>Published cases of analytics with their sources.</summary>
internal static class ReferenceCases
{
    private static readonly JsonElement s_all = Read();

    /// <summary>The cases of a kind that carry figures to compare with.</summary>
    public static IEnumerable<TestCaseData> WithFigures(string kind) =>
        s_all.GetProperty(kind).EnumerateArray().Where(c => c.GetProperty("recomputed").GetBoolean()).Select(c => new TestCaseData(c).SetArgDisplayNames(c.GetProperty("id").GetString()!));

    public static double?[]? Numbers(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(n => n.ValueKind == JsonValueKind.Null ? (double?)null : n.GetDouble())] : null;

    private static JsonElement Read()
    {
        using var stream = typeof(ReferenceCases).Assembly.GetManifestResourceStream("reference-cases.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
