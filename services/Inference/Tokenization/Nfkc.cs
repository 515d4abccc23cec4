using System.Text;

namespace PromptPlatform.Inference.Tokenization;

/// <summary>
/// Unicode normalisation form KC, as Python's unicodedata does it. string.Normalize cannot be used: without culture data
/// (InvariantGlobalization) it leaves everything but ASCII as it is.
/// </summary>
internal static class Nfkc
{
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TailCount = 28, SyllableCount = LeadCount * VowelCount * TailCount;

    /// <summary>True when the text is sure to be normalised already; most texts are.</summary>
    public static bool IsSettled(ReadOnlySpan<char> text)
    {
        var tables = NfkcTables.Instance;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value >= 0xA0 && tables.MayChange(rune.Value)) return false;
        }

        return true;
    }

    /// <summary>UTF-16 units of the shortest start of a text that normalises by itself, whatever follows; 0 only for an empty text.</summary>
    public static int PartLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (length > 0 && !(rune.Value >= 0xA0 && NfkcTables.Instance.MayChange(rune.Value))) break;

            // A lone surrogate is read as U+FFFD, which is as long: both are one unit.
            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    /// <summary>Appends the normalised code points. Lone surrogates become U+FFFD.</summary>
    public static void Normalize(ReadOnlySpan<char> text, ref Rented<int> points)
    {
        var tables = NfkcTables.Instance;
        foreach (var rune in text.EnumerateRunes()) Decompose(tables, rune.Value, ref points);
        Reorder(tables, points.Items);
        points.SetCount(Compose(tables, points.Items));
    }

    private static void Decompose(NfkcTables tables, int point, ref Rented<int> points)
    {
        if (point < 0xA0)
        {
            points.Add(point);
        }
        else if (point is >= SyllableBase and < SyllableBase + SyllableCount)
        {
            var syllable = point - SyllableBase;
            points.Add(LeadBase + (syllable / (VowelCount * TailCount)));
            points.Add(VowelBase + (syllable % (VowelCount * TailCount) / TailCount));
            if (syllable % TailCount != 0) points.Add(TailBase + (syllable % TailCount));
        }
        else if (tables.Decompose(point) is { } parts)
        {
            points.AddRange(parts);
        }
        else
        {
            points.Add(point);
        }
    }

    // A stable insertion sort by combining class between code points of class 0. Runs of marks are short in any honest text;
    // the length of a run is capped so that a page of marks cannot cost quadratic time.
    private static void Reorder(NfkcTables tables, Span<int> points)
    {
        const int LongestRun = 64;
        for (var i = 1; i < points.Length; i++)
        {
            var point = points[i];
            var rank = tables.ClassOf(point);
            if (rank == 0) continue;
            var place = i;
            while (place > 0 && i - place < LongestRun && tables.ClassOf(points[place - 1]) > rank)
            {
                points[place] = points[place - 1];
                place--;
            }

            points[place] = point;
        }
    }

    private static int Compose(NfkcTables tables, Span<int> points)
    {
        int count = 0, starter = -1;
        byte last = 0;
        foreach (var point in points)
        {
            var rank = tables.ClassOf(point);
            // Blocked when something of the same or a higher class stands between the starter and this code point.
            var adjacent = starter == count - 1;
            if (starter >= 0 && (adjacent || last < rank))
            {
                var composed = ComposePair(tables, points[starter], point);
                if (composed != 0)
                {
                    points[starter] = composed;
                    continue;
                }
            }

            if (rank == 0) starter = count;
            last = rank;
            points[count++] = point;
        }

        return count;
    }

    private static int ComposePair(NfkcTables tables, int first, int second)
    {
        if (first is >= LeadBase and < LeadBase + LeadCount && second is >= VowelBase and < VowelBase + VowelCount)
        {
            return SyllableBase + ((((first - LeadBase) * VowelCount) + (second - VowelBase)) * TailCount);
        }

        if (first is >= SyllableBase and < SyllableBase + SyllableCount && (first - SyllableBase) % TailCount == 0
            && second is > TailBase and < TailBase + TailCount)
        {
            return first + (second - TailBase);
        }

        return tables.Compose(first, second);
    }
}
