using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.Enhancement;

/// <summary>Settings of the service, section <c>Enhancement</c>.</summary>
internal sealed class EnhancementOptions
{
    /// <summary>How long the model may take to read a prompt before the rules stand in for it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan ClassifyTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Confidence in the intent below which nothing is chosen on the model's word, 0 to 1: the rules decide, or it abstains.</summary>
    [Range(0.0, 1.0)]
    public double AbstainBelow { get; set; } = 0.35;

    /// <summary>The same for prompts that are not English, of which the model has seen few.</summary>
    [Range(0.0, 1.0)]
    public double AbstainBelowOutsideEnglish { get; set; } = 0.5;

    /// <summary>Items of a batch that are worked on at once.</summary>
    [Range(1, 64)]
    public int BatchConcurrency { get; set; } = 8;

    /// <summary>How long an organisation's policy overlay is used before it is read again: the longest time until another replica's change counts here.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan PolicyTtl { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two questions to Analytics for the experiments that run: the longest time until a start, a ramp or a stop counts here.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan ExperimentRefresh { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A file of prices in the form of <c>Scoring/prices.json</c> that takes the place of the table of the product; read at the start, and a faulty one stops it.</summary>
    [MaxLength(1024)]
    public string PriceFile { get; set; } = "";
}
