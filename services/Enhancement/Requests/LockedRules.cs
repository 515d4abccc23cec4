using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>Locked spans: inside the prompt, not empty, not overlapping, not through a surrogate pair.</summary>
internal static class LockedRules
{
    private const int MaxSpans = 100;

    public static IReadOnlyList<TextSpan> Read(IReadOnlyList<Span> locked, string prompt)
    {
        if (locked.Count == 0)
            return [];
        if (locked.Count > MaxSpans)
            throw RequestException.Invalid("locked", $"has {locked.Count} spans; the limit is {MaxSpans}");
        var spans = locked.Select((s, i) => (Span: One(s, i, prompt), Index: i)).OrderBy(s => s.Span.Start).ToArray();
        for (int i = 1; i < spans.Length; i++)
        {
            if (spans[i].Span.Overlaps(spans[i - 1].Span))
                throw RequestException.Invalid($"locked/{spans[i].Index}", $"overlaps locked/{spans[i - 1].Index}; join them into one span");
        }
        return [.. spans.Select(s => s.Span)];
    }

    private static TextSpan One(Span span, int index, string prompt)
    {
        if (span.Start < 0 || span.End > prompt.Length || span.Start >= span.End)
            throw RequestException.Invalid($"locked/{index}", $"is {span.Start}..{span.End}; give 0 <= start < end <= {prompt.Length} (UTF-16 offsets of the prompt)");
        if (Splits(prompt, span.Start) || Splits(prompt, span.End))
            throw RequestException.Invalid($"locked/{index}", "begins or ends inside a surrogate pair; move it to a whole character");
        return new TextSpan(span.Start, span.End);
    }

    private static bool Splits(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]);
}
