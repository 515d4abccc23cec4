using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Analytics.Facts;

/// <summary>What is counted of enhancements.</summary>
internal enum FactMeasure
{
    Enhancements,
    Degraded,
    Changed,
    TokensBefore,
    TokensAfter,
    CostUsd,

    /// <summary>Different actors.</summary>
    Actors,
    MeanTotalMs,

    /// <summary>Successes of those judged.</summary>
    SuccessRate,
}

/// <summary>Measures by the names of the API.</summary>
internal static class FactMeasures
{
    /// <summary>Reads one; empty is the number of enhancements.</summary>
    public static FactMeasure Read(string name) => name switch
    {
        "" or "enhancements" => FactMeasure.Enhancements,
        "degraded" => FactMeasure.Degraded,
        "changed" => FactMeasure.Changed,
        "tokens_before" => FactMeasure.TokensBefore,
        "tokens_after" => FactMeasure.TokensAfter,
        "cost_usd" => FactMeasure.CostUsd,
        "actors" => FactMeasure.Actors,
        "mean_total_ms" => FactMeasure.MeanTotalMs,
        "success_rate" => FactMeasure.SuccessRate,
        _ => throw RequestException.Invalid("measure", "must be enhancements, degraded, changed, tokens_before, tokens_after, cost_usd, actors, mean_total_ms or success_rate"),
    };
}
