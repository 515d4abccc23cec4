using PromptPlatform.Analytics.Events;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Analytics.Questions;

/// <summary>Names of events in questions.</summary>
internal static class EventNames
{
    /// <summary>Refuses what can be the name of no event; empty stands for all.</summary>
    public static void Check(string field, string name)
    {
        if (name.Length > 0 && !EventRules.IsName(name))
            throw RequestException.Invalid(field, $"can be no event's name; send 1 to {EventRules.MaxName} letters, digits, spaces and _ . : / -");
    }
}
