using Google.Protobuf.Collections;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>Checks a request at the edge and turns it into what the engine takes. Every error names the field and the cure.</summary>
internal static class EnhanceRequestRules
{
    private const int MaxIds = 100;

    /// <summary>The engine's input. <paramref name="techniques"/> tells which technique ids exist.</summary>
    public static PromptInput Read(EnhanceRequest request, TechniqueCatalog techniques)
    {
        string prompt = PromptOfRequest.Find(request.Prompt, request.Messages);
        TextRules.CheckText("context", request.Context, PromptInput.MaxLength);
        if (request.Rewrite is not ("" or "none"))
            throw RequestException.Invalid("rewrite", "is possible only as none in this version; leave it out");
        MetadataRules.Check(request.Metadata);
        return new PromptInput(
            prompt,
            request.Context.Length == 0 ? null : request.Context,
            TargetRules.Read(request.Target),
            Goals(request.Goals),
            LockedRules.Read(request.Locked, prompt),
            Ids("techniques/allow", request.Techniques?.Allow, techniques),
            Ids("techniques/deny", request.Techniques?.Deny, techniques),
            Range("maxTechniques", request.HasMaxTechniques ? request.MaxTechniques : 5, 0, 10),
            Range("variations", request.Variations, 0, 5),
            Style(request.Style),
            Language(request.Language),
            request.Messages.Count > 1)
        {
            System = PromptOfRequest.System(request.Messages),
        };
    }

    /// <summary>A language to write in; null: detect it.</summary>
    public static string? Language(string language)
    {
        string chosen = TextRules.OneOf("language", language, "auto", "auto", "en", "de", "es", "fr", "pt", "it", "zh", "ja");
        return chosen == "auto" ? null : chosen;
    }

    private static PromptStyle Style(string style) => TextRules.OneOf("style", style, "standard", "concise", "standard", "detailed") switch
    {
        "concise" => PromptStyle.Concise,
        "detailed" => PromptStyle.Detailed,
        _ => PromptStyle.Standard,
    };

    private static string[] Goals(RepeatedField<string> goals)
    {
        if (goals.Count > 5)
            throw RequestException.Invalid("goals", $"has {goals.Count} entries; there are 5 goals, give each once");
        for (int i = 0; i < goals.Count; i++)
            TextRules.OneOf($"goals/{i}", goals[i].Length == 0 ? "(empty)" : goals[i], "", "accuracy", "brevity", "creativity", "cost", "safety");
        return [.. goals.Distinct(StringComparer.Ordinal)];
    }

    private static HashSet<string> Ids(string field, RepeatedField<string>? ids, TechniqueCatalog techniques)
    {
        if (ids is null)
            return [];
        if (ids.Count > MaxIds)
            throw RequestException.Invalid(field, $"has {ids.Count} entries; the limit is {MaxIds}");
        for (int i = 0; i < ids.Count; i++)
        {
            if (!techniques.Allows(ids[i]))
                throw RequestException.Invalid($"{field}/{i}", "is not the id of a technique; GET /v1/techniques lists them");
        }
        return [.. ids];
    }

    private static int Range(string field, int value, int min, int max) =>
        value >= min && value <= max ? value : throw RequestException.Invalid(field, $"is {value}; give {min} to {max}");
}
