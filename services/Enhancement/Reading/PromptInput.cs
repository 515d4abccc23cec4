using PromptPlatform.Enhancement.Learning;

namespace PromptPlatform.Enhancement.Reading;

/// <summary>How much an enhancement may add.</summary>
public enum PromptStyle
{
    /// <summary>At most two short lines.</summary>
    Concise,

    /// <summary>What most people want: a handful of lines.</summary>
    Standard,

    /// <summary>For complex work: everything that the evidence supports.</summary>
    Detailed,
}

/// <summary>One prompt to be enhanced, with what the caller asked for.</summary>
/// <param name="Prompt">The text to enhance, 1 to 32,768 UTF-16 units.</param>
/// <param name="Context">Background that the caller knows; read, never quoted in the result.</param>
/// <param name="Target">The model that will get the prompt.</param>
/// <param name="Goals">Any of accuracy, brevity, creativity, cost, safety.</param>
/// <param name="Locked">Ranges of <paramref name="Prompt"/> that must survive untouched and in one piece.</param>
/// <param name="Allow">When not empty: only these technique ids.</param>
/// <param name="Deny">Technique ids that may not be applied.</param>
/// <param name="MaxTechniques">Most techniques to apply, 0 to 10.</param>
/// <param name="Variations">Other texts wanted, 0 to 5; fewer come back when there are not that many honest ones.</param>
/// <param name="Style">How much may be added.</param>
/// <param name="Language">One of en de es fr pt it zh ja, or null to detect it.</param>
/// <param name="HasConversation">Whether the prompt is part of a conversation, so that the model can ask back.</param>
public sealed record PromptInput(
    string Prompt, string? Context, TargetModel Target, IReadOnlyList<string> Goals, IReadOnlyList<TextSpan> Locked,
    IReadOnlySet<string> Allow, IReadOnlySet<string> Deny, int MaxTechniques, int Variations, PromptStyle Style,
    string? Language, bool HasConversation)
{
    /// <summary>What system messages of the conversation say, or null; what they settle is not said again in the prompt.</summary>
    public string? System { get; init; }

    /// <summary>What the caller's organisation has learned; null where personalisation is off, and then nothing of it shows.</summary>
    internal OrganizationLearning? Learning { get; init; }

    /// <summary>Most UTF-16 units of a prompt.</summary>
    public const int MaxLength = 32_768;

    /// <summary>A prompt with the defaults of the public API.</summary>
    public static PromptInput Of(string prompt, TargetModel? target = null, PromptStyle style = PromptStyle.Standard) =>
        new(prompt, null, target ?? TargetModel.Generic, [], [], new HashSet<string>(), new HashSet<string>(), 5, 0, style, null, false);
}
