using Npgsql;
using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>Rows of table enhancement_facts. Each event writes its own half of the row, whichever comes first.</summary>
internal static class FactRows
{
    /// <summary>Keeps what an enhancement was.</summary>
    public static void Set(NpgsqlBatch batch, PromptEnhanced happened) =>
        batch.Add(
            """
            INSERT INTO enhancement_facts (org_id, enhancement_id, at, actor, intent, domain, complexity, language, target_family, techniques, words, variations,
                changed, degraded, tokens_before, tokens_after, score_before, score_after, cost_usd, total_ms, experiment_id, experiment_arm)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
            ON CONFLICT (org_id, enhancement_id) DO UPDATE SET
                at = excluded.at, actor = excluded.actor, intent = excluded.intent, domain = excluded.domain, complexity = excluded.complexity, language = excluded.language,
                target_family = excluded.target_family, techniques = excluded.techniques, words = excluded.words, variations = excluded.variations,
                changed = excluded.changed, degraded = excluded.degraded, tokens_before = excluded.tokens_before, tokens_after = excluded.tokens_after,
                score_before = excluded.score_before, score_after = excluded.score_after, cost_usd = excluded.cost_usd, total_ms = excluded.total_ms,
                experiment_id = excluded.experiment_id, experiment_arm = excluded.experiment_arm
            """,
            happened.OrgId, happened.EnhancementId, happened.At, happened.Actor, happened.Intent, happened.Domain, happened.Complexity, happened.Language,
            happened.TargetFamily, happened.Techniques.Distinct().ToArray(), happened.Words, (short?)happened.Variations,
            happened.Changed, happened.Degraded, happened.TokensBefore, happened.TokensAfter, (short)happened.ScoreBefore, (short)happened.ScoreAfter,
            happened.CostUsd, happened.TotalMs, happened.ExperimentId, happened.ExperimentArm);

    /// <summary>Keeps what feedback says, unless newer feedback is here. Of two at the same time the greater event id wins, so that the order of arrival does not matter.</summary>
    public static void Set(NpgsqlBatch batch, FeedbackSubmitted happened)
    {
        short? rating = happened.Rating switch { "up" => 1, "down" => -1, _ => null };
        batch.Add(
            """
            INSERT INTO enhancement_facts AS f (org_id, enhancement_id, rating, stars, outcome, corrected, chosen_variation, feedback_at, feedback_event)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (org_id, enhancement_id) DO UPDATE SET
                rating = excluded.rating, stars = excluded.stars, outcome = excluded.outcome, corrected = excluded.corrected,
                chosen_variation = excluded.chosen_variation, feedback_at = excluded.feedback_at, feedback_event = excluded.feedback_event
            WHERE f.feedback_at IS NULL OR (f.feedback_at, f.feedback_event) < (excluded.feedback_at, excluded.feedback_event)
            """,
            happened.OrgId, happened.EnhancementId, rating, (short?)happened.Stars, happened.Outcome, happened.Corrected, happened.ChosenVariation,
            happened.At, happened.EventId);
        // Older feedback too may have been the first to tell of success.
        batch.Add(
            """
            UPDATE enhancement_facts SET success_at = $3
            WHERE org_id = $1 AND enhancement_id = $2 AND tells_success($4, $5, $6) AND (success_at IS NULL OR success_at > $3)
            """,
            happened.OrgId, happened.EnhancementId, happened.At, happened.Outcome, rating, (short?)happened.Stars);
    }
}
