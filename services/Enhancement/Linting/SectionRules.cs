using System.Globalization;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>Sections and numbered lists of a prompt that has them.</summary>
internal static class SectionRules
{
    /// <summary>"Context:" and nothing under it before the next section.</summary>
    public static void Empty(LintRun run)
    {
        var labels = Labels(run).ToList();
        foreach (var (label, next) in labels.Zip(labels.Skip(1)))
            if (run.Reading.Text.AsSpan(label.End, next.Start - label.End).Trim("# *-_:\t\r\n").IsEmpty)
                run.Info("empty-section", label, $"“{label.Of(run.Reading.Text).TrimEnd(':', '：', ' ')}” is empty.", "Fill it in or leave it out.");
    }

    /// <summary>Two sections of one name.</summary>
    public static void Twice(LintRun run)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var label in Labels(run))
            if (!seen.Add(label.Of(run.Reading.Text)))
                run.Info("duplicate-section", label, $"A section “{label.Of(run.Reading.Text).TrimEnd(':', '：', ' ')}” stands here again.", "Put both into one.");
    }

    /// <summary>1, 2, 4.</summary>
    public static void Numbering(LintRun run)
    {
        var text = run.Reading.Text;
        foreach (var range in run.Reading.Layout.Instructions)
        {
            var expected = 0;
            for (var line = range.Start; line < range.End; line = CodeScanner.NextLine(text, line))
            {
                var start = CodeScanner.SkipSpaces(text, line);
                var end = start;
                while (end < range.End && end - start < 3 && char.IsAsciiDigit(text[end]))
                    end++;
                if (end == start || end + 1 >= range.End || text[end] is not ('.' or ')') || text[end + 1] != ' ')
                    continue;
                var number = int.Parse(text.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture);
                if (expected > 0 && number != expected && number != 1)
                    run.Info("numbering-gap", new(start, end), $"The list goes from {expected - 1} to {number}.", "Number it through, so that a point can be referred to.", new(new(start, end), expected.ToString(CultureInfo.InvariantCulture)));
                expected = number + 1;
            }
        }
    }

    static IEnumerable<TextSpan> Labels(LintRun run) => SectionLabels.In(run.Reading.Text, run.Reading.Hits, run.Reading.Layout.Instructions).OrderBy(s => s.Start);
}
