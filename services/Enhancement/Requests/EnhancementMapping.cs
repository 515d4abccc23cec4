using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>The engine's outcome as the public answer. Spans are UTF-16 offsets on both sides.</summary>
internal static class EnhancementMapping
{
    public static EnhanceResponse ToResponse(EnhancementOutcome outcome, PromptInput input, EnhanceRequest request, IReadOnlyList<string> degradedBy)
    {
        bool explain = !request.HasExplain || request.Explain;
        var response = new EnhanceResponse
        {
            Original = outcome.Original,
            Enhanced = outcome.Enhanced,
            Analysis = AnalysisMapping.ToAnalysis(outcome.Analysis, outcome.Original, explain),
            Scores = ScoreMapping.ToScores(outcome.Scores, explain),
            Invariants = ProofMapping.ToInvariants(outcome.Invariants),
            Safety = ProofMapping.ToSafety(outcome.Safety),
            Usage = new Usage { TokensBefore = outcome.TokensBefore, TokensAfter = outcome.TokensAfter, Units = 1 },
            ModelVersion = outcome.Analysis.Classification.ModelVersion ?? "",
            PolicyVersion = outcome.PolicyVersion,
            Degraded = degradedBy.Count > 0,
            Settings = SettingsMapping.ToSettings(input),
        };
        response.DegradedBy.AddRange(degradedBy);
        response.Edits.AddRange(outcome.Edits.Select(EditMapping.ToEdit));
        response.Applied.AddRange(outcome.Applied.Select(TechniqueMapping.ToApplied));
        response.Variations.AddRange(outcome.Variations.Select(ToVariation));
        response.Metadata.Add(request.Metadata);
        if (explain)
        {
            response.NotApplied.AddRange(outcome.NotApplied.Select(TechniqueMapping.ToDeclined));
            response.Diff.AddRange(outcome.Diff.Select(EditMapping.ToPart));
        }
        AddMessages(response, request);
        return response;
    }

    public static AnalyzeResponse ToResponse(AnalysisOutcome outcome, string prompt, bool degraded)
    {
        var response = new AnalyzeResponse
        {
            Analysis = AnalysisMapping.ToAnalysis(outcome.Analysis, prompt, explain: true),
            Scores = ScoreMapping.ToScores(outcome.Scores),
            Safety = ProofMapping.ToSafety(outcome.Safety),
            ModelVersion = outcome.Analysis.Classification.ModelVersion ?? "",
            Degraded = degraded,
        };
        response.DegradedBy.AddRange(Degradation.Of(classification: degraded, policy: false));
        return response;
    }

    private static Variation ToVariation(PromptVariation variation, int index)
    {
        var mapped = new Variation { Id = $"var_{index + 1}", Style = variation.Style, Text = variation.Text };
        mapped.Techniques.AddRange(variation.Techniques);
        return mapped;
    }

    // The whole conversation with the last user message enhanced.
    private static void AddMessages(EnhanceResponse response, EnhanceRequest request)
    {
        if (request.Messages.Count == 0)
            return;
        response.Messages.AddRange(request.Messages.Select(m => m.Clone()));
        response.Messages.Last(m => m.Role == "user").Content = response.Enhanced;
    }
}
