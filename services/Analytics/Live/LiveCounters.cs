using System.Text.Json.Serialization;

namespace PromptPlatform.Analytics.Live;

/// <summary>What has happened on the present UTC day, as it is pushed.</summary>
/// <param name="Day">The day, YYYY-MM-DD.</param>
/// <param name="Enhancements">Enhancements.</param>
/// <param name="Degraded">Of them those answered without the model.</param>
/// <param name="TokensBefore">Tokens of the prompts.</param>
/// <param name="TokensAfter">Tokens of the enhanced prompts.</param>
/// <param name="MeanTotalMs">Mean time to answer; 0 without enhancements.</param>
/// <param name="FeedbackUp">Enhancements whose newest rating was given today and is up.</param>
/// <param name="FeedbackDown">The same for down.</param>
/// <param name="Events">Events of every kind.</param>
internal sealed record LiveCounters(
    string Day, int Enhancements, int Degraded, long TokensBefore, long TokensAfter, double MeanTotalMs, int FeedbackUp, int FeedbackDown, long Events)
{
    /// <summary>Nobody has asked the database yet.</summary>
    [JsonIgnore]
    public bool IsUnknown => Day.Length == 0;

    /// <summary>What stands there before the first reading.</summary>
    public static readonly LiveCounters Unknown = new("", 0, 0, 0, 0, 0, 0, 0, 0);
}
