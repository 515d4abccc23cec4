using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Scoring;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>What a prompt costs as input of its target, as the public answer.</summary>
internal static class CostMapping
{
    private const decimal PerMillion = 1_000_000m;

    public static Cost ToCost(PriceTable prices, TargetModel target, int tokensBefore, int tokensAfter)
    {
        if (string.IsNullOrWhiteSpace(target.Model))
            return new Cost { Currency = "USD", Reason = "The target names no model; give target.model to get a price." };
        if (prices.For(target.Model) is not { } price)
            return new Cost { Currency = "USD", Reason = "The price table has no entry for this model." };
        return new Cost
        {
            Currency = "USD",
            Before = (double)(tokensBefore * price.Input / PerMillion),
            After = (double)(tokensAfter * price.Input / PerMillion),
            InputPerMillion = (double)price.Input,
            OutputPerMillion = (double)price.Output,
            Model = price.Model,
            AsOf = price.AsOf,
            Source = price.Source,
        };
    }
}
