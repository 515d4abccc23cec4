using System.Globalization;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>A number with the unit of length that follows it.</summary>
internal readonly record struct Count(TextSpan Span, int Value, string Unit);

/// <summary>Finds "300 words" and the like in the instructions.</summary>
internal static class Counts
{
    /// <summary>By position; ranges such as 3-5 are no single number and are left out.</summary>
    public static IEnumerable<Count> In(LintRun run)
    {
        var text = run.Reading.Text;
        foreach (var unit in run.Told("lengthunit"))
        {
            var end = unit.Span.Start;
            if (end > 0 && text[end - 1] == ' ')
                end--;
            var start = end;
            while (start > 0 && char.IsAsciiDigit(text[start - 1]))
                start--;
            var isWhole = start == 0 || !(char.IsLetterOrDigit(text[start - 1]) && text[start - 1] < '\u2E80') && text[start - 1] is not ('-' or '–' or '.' or ',' or '~');
            if (start < end && isWhole && int.TryParse(text.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                yield return new(new(start, unit.Span.End), value, unit.Span.Of(text).TrimEnd('s'));
        }
    }
}
