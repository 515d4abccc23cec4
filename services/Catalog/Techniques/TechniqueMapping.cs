using PromptPlatform.Contracts.Catalog.V1;
using EvidenceMessage = PromptPlatform.Contracts.Catalog.V1.Evidence;
using TechniqueMessage = PromptPlatform.Contracts.Catalog.V1.Technique;

namespace PromptPlatform.Catalog.Techniques;

/// <summary>Techniques as the contract shows them.</summary>
internal static class TechniqueMapping
{
    public static TechniqueMessage ToMessage(this Technique technique)
    {
        var message = new TechniqueMessage
        {
            Id = technique.Id,
            Name = technique.Name,
            Family = technique.Family,
            What = technique.What,
            Helps = { technique.Helps },
            Hurts = { technique.Hurts },
            Requires = ToMessage(technique.Requires),
            ApplyMode = technique.ApplyMode,
            LlmCalls = technique.LlmCalls,
            TokenCostFactor = technique.TokenCostFactor,
            ReasoningModels = technique.ReasoningModels,
            SuggestedPolicy = technique.SuggestedPolicy,
            Evidence = ToMessage(technique.Evidence),
            CombinesWith = { technique.CombinesWith },
            ConflictsWith = { technique.ConflictsWith },
            Intents = { technique.Intents },
        };
        if (technique.Caveat is not null)
            message.Caveat = technique.Caveat;
        return message;
    }

    private static EvidenceMessage ToMessage(Evidence evidence)
    {
        var message = new EvidenceMessage { Paper = evidence.Paper };
        if (evidence.Arxiv is not null)
            message.Arxiv = evidence.Arxiv;
        if (evidence.Figure is not null)
            message.Figure = evidence.Figure;
        return message;
    }

    private static Requirements ToMessage(IReadOnlyList<string> requires) => new()
    {
        Examples = requires.Contains("examples"),
        MultiTurn = requires.Contains("multi_turn"),
        Tools = requires.Contains("tools"),
        MultipleSamples = requires.Contains("multiple_samples"),
        LabelledData = requires.Contains("labelled_data"),
        RetrievalCorpus = requires.Contains("retrieval_corpus"),
        LargeModel = requires.Contains("large_model"),
    };
}
