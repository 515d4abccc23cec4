using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>How a request was understood: said in the answer and kept with it, so that a text can be read again in the same way.</summary>
internal static class SettingsMapping
{
    // Only whether there was any counts for a reading; the words are not kept.
    private const string SomeContext = "given";

    public static Settings ToSettings(PromptInput input) => new()
    {
        Target = new Target { Model = input.Target.Model ?? "", Family = TargetRules.NameOf(input.Target.Family), Reasoning = input.Target.Reasoning ? "true" : "false" },
        Style = PolicyWords.Of(input.Style),
        Language = input.Language ?? "auto",
        Context = !string.IsNullOrWhiteSpace(input.Context),
        Conversation = input.HasConversation,
    };

    /// <summary>The input of a stored enhancement, as far as a reading needs it; one that was stored without settings is read as if nothing was asked for.</summary>
    public static PromptInput InputOf(EnhanceResponse stored) => stored.Settings is not { } settings ? PromptInput.Of(stored.Original)
        : PromptInput.Of(stored.Original, TargetRules.Read(settings.Target)) with
        {
            Language = EnhanceRequestRules.Language(settings.Language),
            Context = settings.Context ? SomeContext : null,
            HasConversation = settings.Conversation,
            System = PromptOfRequest.System(stored.Messages),
        };
}
