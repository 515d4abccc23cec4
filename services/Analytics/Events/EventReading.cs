using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Analytics.Events;

/// <summary>Reads an event that a product sent: either it is right, or every fault is named.</summary>
/// <param name="Event">The event; null when it is refused.</param>
/// <param name="Faults">Why it is refused.</param>
internal sealed record EventReading(ProductEvent? Event, IReadOnlyList<FieldError> Faults)
{
    /// <param name="input">What was sent.</param>
    /// <param name="path">Where it stands in the request.</param>
    /// <param name="now">Our clock.</param>
    /// <param name="skew">How much our clock is ahead of the sender's.</param>
    public static EventReading Of(EventInput input, string path, DateTimeOffset now, TimeSpan skew)
    {
        var faults = new List<FieldError>();
        void Check(bool holds, string field, string cure)
        {
            if (!holds)
                faults.Add(new FieldError($"{path}/{field}", cure));
        }

        bool hasId = Guid.TryParseExact(input.Id, "D", out var id);
        Check(hasId, "id", "is no UUID; send one of your making, such as 3f0e6f0a-5d3c-4c7e-9a51-0c1d8f6f2b11");
        Check(EventRules.IsName(input.Name), "name", $"must be 1 to {EventRules.MaxName} letters, digits, spaces and _ . : / - and begin with a letter or digit");
        Check(input.Name is not (EventRules.PromptEnhanced or EventRules.FeedbackSubmitted), "name", "is an event of the platform, which counts it itself; choose another name");
        Check(input.Actor.Length is > 0 and <= EventRules.MaxActor && !input.Actor.Any(char.IsControl), "actor", $"must be 1 to {EventRules.MaxActor} characters without control characters");
        Check(input.Properties.Count <= EventRules.MaxProperties, "properties", $"has {input.Properties.Count} entries; send at most {EventRules.MaxProperties}");
        foreach (var (key, value) in input.Properties.Take(EventRules.MaxProperties))
        {
            Check(EventRules.IsKey(key), "properties", $"has a key that is not 1 to {EventRules.MaxKey} letters, digits and _ . -; rename it");
            Check(value.Length <= EventRules.MaxValue, $"properties/{(EventRules.IsKey(key) ? key : "?")}", $"has {value.Length} characters; send at most {EventRules.MaxValue}, and no texts of people");
            Check(!value.Contains('\0'), $"properties/{(EventRules.IsKey(key) ? key : "?")}", "holds the character NUL; remove it");
        }
        if (EventRules.TimeOf(input.At) is not { } sent)
        {
            Check(false, "at", "is missing or no time; send when it happened, such as 2026-01-31T12:00:00Z");
            return new EventReading(null, faults);
        }
        var late = now - skew - sent;
        Check(late <= EventRules.MaxLate, "at", $"is more than {EventRules.MaxLate.Days} days ago; such events can no longer be counted");
        Check(-late <= EventRules.MaxAhead, "at", $"is more than {EventRules.MaxAhead.Minutes} minutes ahead of our clock; set your clock or send sentAt, by which we correct it");
        return faults.Count > 0 ? new EventReading(null, faults) : new EventReading(ProductEvent.Of(id, input.Name, input.Actor, sent + skew, sent, input.Properties), faults);
    }
}
