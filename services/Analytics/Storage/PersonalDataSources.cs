using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.Messaging.Storage;

namespace PromptPlatform.Analytics.Storage;

/// <summary>What analytics holds of people and organisations. Counts and sums without anybody in them stay: <c>usage_days</c>, <c>event_quarters</c> and <c>learning_common</c>.</summary>
internal static class PersonalDataSources
{
    private const string OfActor = "actor = $2";
    private const string OfActorsEnhancements = "enhancement_id IN (SELECT f.enhancement_id FROM enhancement_facts f WHERE f.org_id = $1 AND f.actor = $2)";

    /// <summary>All of them; exposures before the facts that say whose they are, deliveries before their webhooks.</summary>
    public static readonly Func<IServiceProvider, PersonalDataSource>[] All =
    [
        _ => new PersonalDataTable("events", [("name", "text"), ("at", "timestamptz"), ("arrival", "bigint")], OfActor, "actor_key"),
        _ => new PersonalDataTable("experiment_exposures", [("experiment_id", "uuid"), ("enhancement_id", "uuid")], OfActorsEnhancements),
        _ => new PersonalDataTable("enhancement_facts", [("enhancement_id", "uuid")], OfActor),
        _ => new PersonalDataTable("ratings", [("enhancement_id", "uuid")]),
        _ => new PersonalDataTable("experiments", [("experiment_id", "uuid")]),
        _ => new PersonalDataTable("learning_settings", [("org_id", "uuid")]),
        _ => new PersonalDataTable("webhook_deliveries", [("webhook_id", "uuid"), ("delivery_id", "uuid")], null, "claim", "claimed_until"),
        _ => new PersonalDataTable("webhooks", [("webhook_id", "uuid")], null, "secret", "previous_secret"),
    ];
}
