using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>The target model of a request.</summary>
internal static class TargetRules
{
    public static TargetModel Read(Target? target)
    {
        if (target is null)
            return TargetModel.Generic;
        TextRules.CheckText("target/model", target.Model, 100);
        string family = TextRules.OneOf("target/family", target.Family, "", "gpt", "claude", "gemini", "llama", "generic");
        string reasoning = TextRules.OneOf("target/reasoning", target.Reasoning, "auto", "true", "false", "auto");
        return TargetModel.Resolve(target.Model, family, reasoning);
    }

    /// <summary>The family's name in the API.</summary>
    public static string NameOf(ModelFamily family) => family switch
    {
        ModelFamily.Generic => "generic",
        ModelFamily.Gpt => "gpt",
        ModelFamily.Claude => "claude",
        ModelFamily.Gemini => "gemini",
        ModelFamily.Llama => "llama",
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, null),
    };
}
