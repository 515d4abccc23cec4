using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf.Collections;
using PromptPlatform.Analytics.Events;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Analytics.Funnels;

/// <summary>A funnel by the names of its events.</summary>
/// <param name="Steps">Names of the steps.</param>
/// <param name="Exclusions">Names of the exclusions, in the order of those of the plan.</param>
/// <param name="Plan">What is asked of each actor.</param>
/// <param name="Breakdown">The property by which actors are told apart; null when they are not.</param>
internal sealed partial record FunnelQuestion(IReadOnlyList<string> Steps, IReadOnlyList<string> Exclusions, FunnelPlan Plan, FunnelBreakdown? Breakdown)
{
    private const int MaxSteps = 8;
    private const int MaxExclusions = 8;
    private const int DefaultWindowSeconds = 14 * 86_400;
    private const int MaxWindowSeconds = 90 * 86_400;

    /// <summary>The names of steps and exclusions, each once.</summary>
    public string[] Names { get; } = [.. Steps.Concat(Exclusions).Distinct()];

    /// <summary>Reads a request or refuses it, naming the field.</summary>
    public static FunnelQuestion Of(GetFunnelRequest request)
    {
        if (request.Steps.Count is < 2 or > MaxSteps)
            throw RequestException.Invalid("steps", $"has {request.Steps.Count} entries; send 2 to {MaxSteps}");
        for (int i = 0; i < request.Steps.Count; i++)
            RequireName($"steps/{i}", request.Steps[i]);
        var order = OrderOf(request.Order);
        int window = request.WindowSeconds == 0 ? DefaultWindowSeconds : request.WindowSeconds;
        if (window is < 1 or > MaxWindowSeconds)
            throw RequestException.Invalid("windowSeconds", $"must be 1 to {MaxWindowSeconds}");
        if (request.Exclusions.Count > MaxExclusions)
            throw RequestException.Invalid("exclusions", $"has {request.Exclusions.Count} entries; send at most {MaxExclusions}");
        var exclusions = request.Exclusions.Select((text, i) => Exclusion($"exclusions/{i}", text, request.Steps, order)).ToList();
        var plan = new FunnelPlan(request.Steps.Count, order, window * 1_000_000L, [.. exclusions.Select(e => e.Range)]);
        return new FunnelQuestion([.. request.Steps], [.. exclusions.Select(e => e.Name)], plan, BreakdownOf(request, order));
    }

    private static FunnelBreakdown? BreakdownOf(GetFunnelRequest request, FunnelOrder order)
    {
        int step = request.Attribution == 0 ? 1 : request.Attribution;
        if (step < 1 || step > request.Steps.Count)
            throw RequestException.Invalid("attribution", $"must be a step, 1 to {request.Steps.Count}");
        if (step > 1 && order == FunnelOrder.Unordered)
            throw RequestException.Invalid("attribution", "is a step, but the steps of this funnel have no order; leave it out to take the event that began");
        if (request.Breakdown.Length == 0)
            return request.Attribution == 0 ? null : throw RequestException.Invalid("attribution", "says which event's property counts, but breakdown names no property; send both or none");
        return EventRules.IsKey(request.Breakdown) ? new FunnelBreakdown(request.Breakdown, step - 1)
            : throw RequestException.Invalid("breakdown", $"must be the key of a property: 1 to {EventRules.MaxKey} letters, digits and _ . -");
    }

    private static FunnelOrder OrderOf(string order) => order switch
    {
        "" or "ordered" => FunnelOrder.Ordered,
        "strict" => FunnelOrder.Strict,
        "unordered" => FunnelOrder.Unordered,
        _ => throw RequestException.Invalid("order", "must be ordered, strict or unordered"),
    };

    private static (string Name, StepRange Range) Exclusion(string field, string text, RepeatedField<string> steps, FunnelOrder order)
    {
        var parts = ExclusionText().Match(text);
        if (!parts.Success)
            throw RequestException.Invalid(field, "must be an event's name, or name@1-2 for one that counts only between steps 1 and 2");
        string name = parts.Groups["name"].Value;
        RequireName(field, name);
        if (steps.Contains(name))
            throw RequestException.Invalid(field, "is a step too, so that no attempt could be told from a void one; leave it out of one of the two");
        if (!parts.Groups["from"].Success)
            return (name, new StepRange(0, steps.Count - 1));
        if (order == FunnelOrder.Unordered)
            throw RequestException.Invalid(field, "lies between steps, which have no order in this funnel; send the name alone");
        int from = int.Parse(parts.Groups["from"].Value, CultureInfo.InvariantCulture), to = int.Parse(parts.Groups["to"].Value, CultureInfo.InvariantCulture);
        return from >= 1 && from < to && to <= steps.Count
            ? (name, new StepRange(from - 1, to - 1))
            : throw RequestException.Invalid(field, $"lies between no two of the steps 1 to {steps.Count}; send the lesser first");
    }

    private static void RequireName(string field, string name)
    {
        if (!EventRules.IsName(name))
            throw RequestException.Invalid(field, $"can be no event's name; send 1 to {EventRules.MaxName} letters, digits, spaces and _ . : / -");
    }

    [GeneratedRegex(@"\A(?<name>[^@]+)(@(?<from>[0-9])-(?<to>[0-9]))?\z")]
    private static partial Regex ExclusionText();
}
