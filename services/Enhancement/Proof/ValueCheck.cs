using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>Compares what two texts hold of value: nothing may be lost, and nothing may be added. The engine's own lines are left out.</summary>
internal static class ValueCheck
{
    /// <summary>The values of a text, line by line; <paramref name="leftOut"/> says which lines are not the user's.</summary>
    public static List<Value> Of(string text, Negations negations, Func<int, int, bool>? leftOut)
    {
        var values = new List<Value>();
        for (var start = 0; start <= text.Length;)
        {
            var end = TextLines.End(text, start);
            if (leftOut is null || !leftOut(start, end))
                ValueScanner.Line(text, start, end, negations, values);
            start = TextLines.Next(text, end);
        }
        return values;
    }

    /// <summary>The kinds that differ; when nothing was moved the order counts, too.</summary>
    public static ValueKind? Difference(string original, List<Value> was, string enhanced, List<Value> now, bool moved)
    {
        if (SameInOrder(original, was, enhanced, now) is not { } odd)
            return null;
        if (!moved)
            return odd;
        Sort(original, was);
        Sort(enhanced, now);
        return SameInOrder(original, was, enhanced, now);
    }

    // The first kind that differs, or null.
    static ValueKind? SameInOrder(string original, List<Value> was, string enhanced, List<Value> now)
    {
        for (var i = 0; i < Math.Max(was.Count, now.Count); i++)
        {
            if (i >= was.Count)
                return now[i].Kind;
            if (i >= now.Count || was[i].Kind != now[i].Kind || !original.AsSpan(was[i].Start..was[i].End).SequenceEqual(enhanced.AsSpan(now[i].Start..now[i].End)))
                return was[i].Kind;
        }
        return null;
    }

    static void Sort(string text, List<Value> values) => values.Sort((a, b) =>
        a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind) : text.AsSpan(a.Start..a.End).SequenceCompareTo(text.AsSpan(b.Start..b.End)));
}
