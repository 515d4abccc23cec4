using System.Text.Json;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Linting;

/// <summary>Marks that are opened and not closed, and other slips of syntax.</summary>
internal static class SyntaxRules
{
    const int MaxTags = 50;
    static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1000 };
    static readonly (char Open, char Close)[] Brackets = [('(', ')'), ('[', ']'), ('（', '）'), ('「', '」'), ('『', '』'), ('【', '】')];
    static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase) { "br", "hr", "img", "input", "p", "li", "meta", "link", "td", "tr", "th" };

    /// <summary>A fence without an end makes code of everything after it.</summary>
    public static void OpenFence(LintRun run)
    {
        var text = run.Reading.Text;
        foreach (var block in run.Reading.Layout.Blocks.Where(b => b.Tag.Length == 3 && b.Tag[0] is '`' or '~' or '"'))
            if (block.Span.Length < 6 || !text.AsSpan(block.Span.Start + 3, block.Span.Length - 3).TrimEnd().EndsWith(block.Tag))
                run.Warn("unclosed-fence", new(block.Span.Start, block.Span.Start + 3), $"{block.Tag} is opened and never closed: everything after it counts as part of the block.", "Close it.", new(new(text.Length, text.Length), "\n" + block.Tag));
    }

    /// <summary>A tag on a line of its own that is never closed.</summary>
    public static void OpenTag(LintRun run)
    {
        var text = run.Reading.Text;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var range in run.Reading.Layout.Instructions)
            for (var line = range.Start; line < range.End && seen.Count < MaxTags; line = CodeScanner.NextLine(text, line))
            {
                var start = CodeScanner.SkipSpaces(text, line);
                var end = text.AsSpan(start, range.End - start).IndexOf('\n');
                var tag = text.AsSpan(start, end < 0 ? range.End - start : end).TrimEnd();
                if (tag.Length is < 3 or > 40 || tag[0] != '<' || tag[^1] != '>' || !char.IsAsciiLetterLower(tag[1]) || tag[1..^1].ContainsAnyExcept(NameChars))
                    continue;
                var name = tag[1..^1].ToString();
                if (!Void.Contains(name) && seen.Add(name) && !text.Contains($"</{name}>", StringComparison.Ordinal))
                    run.Warn("unclosed-tag", new(start, start + tag.Length), $"<{name}> is opened and never closed: nothing says where that part ends.", "Close it.", new(new(text.Length, text.Length), $"\n</{name}>"));
            }
    }

    /// <summary>A bracket that stays open.</summary>
    public static void OpenBracket(LintRun run)
    {
        var text = run.Reading.Text;
        foreach (var range in run.Reading.Layout.Instructions)
            foreach (var (open, close) in Brackets)
            {
                var at = text.AsSpan(range.Start, range.Length).LastIndexOf(open);
                // ":(" is a face.
                if (at >= 0 && text.AsSpan(range.Start + at, range.Length - at).IndexOf(close) < 0 && !(range.Start + at > 0 && text[range.Start + at - 1] is ':' or ';' or '-'))
                    run.Info("unclosed-bracket", new(range.Start + at, range.Start + at + 1), $"“{open}” is opened and never closed.", "Close it where the remark ends.");
            }
    }

    /// <summary>JSON in a fence of that name that cannot be parsed.</summary>
    public static void BrokenJson(LintRun run)
    {
        var text = run.Reading.Text;
        foreach (var block in run.Reading.Layout.Blocks.Where(b => b.IsCode))
        {
            var newline = text.AsSpan(block.Span.Start, block.Span.Length).IndexOf('\n');
            if (newline < 0 || !text.AsSpan(block.Span.Start + 3, newline - 3).Trim().Equals("json", StringComparison.OrdinalIgnoreCase))
                continue;
            var body = text.AsMemory(block.Span.Start + newline, block.Span.Length - newline).TrimEnd("`~");
            // Templates and abbreviations are no mistakes.
            if (body.Span.Contains('…') || body.Span.Contains("...", StringComparison.Ordinal) || run.Reading.Entities.Any(e => e.Kind == "placeholder" && block.Span.Contains(e.Span)) || body.Span.IsWhiteSpace())
                continue;
            if (!Parses(body))
                run.Info("invalid-json", block.Span, "This JSON cannot be parsed; a model may repeat the mistake or work on something else.", "Correct it, or mark it as broken if that is the point.");
        }
    }

    /// <summary>{{name}} here, [NAME] there.</summary>
    public static void MixedPlaceholders(LintRun run)
    {
        var text = run.Reading.Text;
        var marks = run.Reading.Entities.Where(e => e.Kind == "placeholder").Select(e => (e.Span, Mark: Mark(e.Span.Of(text)))).DistinctBy(p => p.Mark).ToList();
        if (marks.Count > 1)
            run.Info("mixed-placeholders", marks[1].Span, $"Placeholders are written in {marks.Count} ways: {string.Join(", ", marks.Take(4).Select(m => m.Span.Of(text)))}.", "Use one way, so that none is missed when they are filled.");
    }

    /// <summary>A prompt that breaks off.</summary>
    public static void UnfinishedEnd(LintRun run)
    {
        var text = run.Reading.Text.AsSpan().TrimEnd();
        var end = new TextSpan(Math.Max(text.Length - 1, 0), text.Length);
        if (text.Length > 1 && text[^1] is ',' or ';' or '、' or '，' or '；' && run.Reading.Layout.Instructions.Any(r => r.Contains(end)))
            run.Info("unfinished-end", end, "The prompt ends in the middle of a sentence.", "Finish it, or put a full stop.");
    }

    static readonly System.Buffers.SearchValues<char> NameChars = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    static string Mark(string placeholder) => placeholder[0] == '[' || placeholder[0] == '%' ? placeholder[..1] : placeholder[..(placeholder[1] is '{' or '%' or '<' ? 2 : 1)];

    static bool Parses(ReadOnlyMemory<char> json)
    {
        try
        {
            using var _ = JsonDocument.Parse(json, AnyDepth);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
