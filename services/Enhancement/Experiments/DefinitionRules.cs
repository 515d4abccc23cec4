using Google.Protobuf.Collections;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Enhancement.Policies;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Enhancement.Experiments;

/// <summary>What Enhancement knows of a definition: overlays, and the names of what prompts are. The rest is Analytics' to check.</summary>
internal static class DefinitionRules
{
    // More arms than an experiment can have are refused by Analytics; nobody looks at all of 10,000.
    private const int MostArms = 10, MostNames = 32, MaxOverlayBytes = 32 * 1024;

    public static void Check(ExperimentDefinition definition, TechniquePolicy product)
    {
        var errors = new List<FieldError>();
        for (int i = 0; i < Math.Min(definition.Arms.Count, MostArms); i++)
        {
            if (definition.Arms[i].Overlay is not { } overlay)
                continue;
            if (overlay.CalculateSize() > MaxOverlayBytes)
                throw RequestException.TooLarge($"arms/{i}/overlay", $"has {overlay.CalculateSize()} bytes; the limit is {MaxOverlayBytes}: take rules out");
            var faults = OverlaidPolicy.Of(product, OverlayMapping.Read(overlay)).Faults;
            errors.AddRange(faults.Take(PutPolicyOverlay.MaxFaults).Select(f => new FieldError($"arms/{i}/overlay{f.Path}", f.Text)));
        }
        var eligibility = definition.Eligibility ?? new();
        CheckNames("intents", eligibility.Intents, PolicyWords.Intents, errors);
        CheckNames("domains", eligibility.Domains, PolicyWords.Domains, errors);
        CheckNames("languages", eligibility.Languages, Lexicons.Written, errors);
        CheckNames("families", eligibility.Families, PolicyWords.Families, errors);
        if (errors.Count > 0)
            throw RequestException.Invalid(errors);
    }

    private static void CheckNames(string field, RepeatedField<string> names, IReadOnlyList<string> known, List<FieldError> errors)
    {
        for (int i = 0; i < Math.Min(names.Count, MostNames); i++)
        {
            if (!known.Contains(names[i]))
                errors.Add(new($"eligibility/{field}/{i}", $"is none of {string.Join(", ", known)}"));
        }
    }
}
