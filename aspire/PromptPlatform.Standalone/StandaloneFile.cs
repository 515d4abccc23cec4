using System.Text.Json;

namespace PromptPlatform.Standalone;

/// <summary><c>standalone.json</c> in the data folder (mode 0600): where this installation answers, and its key.</summary>
/// <remarks>adminEmail and adminPassword will join when accounts exist.</remarks>
internal sealed record StandaloneFile(string Url, string GrpcUrl, string ApiKey)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What an earlier run wrote, or null.</summary>
    public static StandaloneFile? Read(DataFolder data) =>
        File.Exists(PathIn(data)) ? JsonSerializer.Deserialize<StandaloneFile>(File.ReadAllText(PathIn(data)), Format) : null;

    public void Write(DataFolder data) => PrivateFiles.Write(PathIn(data), JsonSerializer.Serialize(this, Format) + "\n");

    private static string PathIn(DataFolder data) => data.Under("standalone.json");
}
