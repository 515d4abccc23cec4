using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Learning;

/// <summary>Learning as the public answer and as Enhancement gets it.</summary>
internal static class LearningMapping
{
    private const int Digits = 4;

    public static TechniqueEffectiveness ToEffectiveness(Effectiveness found, Effectiveness usual)
    {
        var belief = found.Posterior;
        var message = new TechniqueEffectiveness
        {
            Technique = found.Cell.Technique,
            Intent = found.Cell.Intent,
            Target = found.Cell.Target,
            Mean = Rounded(belief.Mean),
            Lower = Rounded(belief.Lower),
            Upper = Rounded(belief.Upper),
            Outcomes = Rounded(found.Own.Outcomes),
            Successes = Rounded(found.Own.Successes),
            Prior = new LearningPrior { Mean = Rounded(found.Prior.Mean), Weight = Rounded(found.Prior.Weight), Source = found.Common is null ? "evidence" : "organizations" },
            Usual = Rounded(usual.Posterior.Mean),
        };
        if (found.Common is { } common)
            message.Common = ToCommon(common);
        return message;
    }

    public static LearningSettings ToSettings(LearningChoice choice)
    {
        var message = new LearningSettings { Personalization = choice.Personalization, UpdatedBy = choice.UpdatedBy };
        if (choice.ResetAt is { } reset)
            message.ResetAt = Timestamp.FromDateTimeOffset(reset);
        if (choice.UpdatedAt is { } updated)
            message.UpdatedAt = Timestamp.FromDateTimeOffset(updated);
        return message;
    }

    public static SnapshotShare ToShare(Effectiveness found)
    {
        var belief = found.Posterior;
        return new()
        {
            Technique = found.Cell.Technique,
            Intent = found.Cell.Intent,
            Target = found.Cell.Target,
            Alpha = belief.Alpha,
            Beta = belief.Beta,
            Lower = belief.Lower,
            Upper = belief.Upper,
            Outcomes = found.Own.Outcomes,
            PriorMean = found.Prior.Mean,
            PriorWeight = found.Prior.Weight,
            PriorOfAll = found.Common is not null,
        };
    }

    // Whole outcomes: the fractions of a sum over organisations would tell more of it than it needs.
    private static CommonEffectiveness ToCommon(CommonBelief common) => new()
    {
        Mean = Rounded(common.Posterior.Mean),
        Lower = Rounded(common.Posterior.Lower),
        Upper = Rounded(common.Posterior.Upper),
        Outcomes = (int)common.Outcomes,
        Organizations = common.Organizations,
    };

    private static double Rounded(double value) => Math.Round(value, Digits);
}
