namespace PromptPlatform.Enhancement.Reading;

/// <summary>Cuts a prompt into instructions and material. Careful: what is not clearly material stays instruction.</summary>
internal sealed class LayoutReader(Func<string, LexiconHits> scan)
{
    const int LongText = 40;
    const int ShortText = 5;
    const int MaxLeadWords = 70;
    const int OrderWithin = 12;
    const int LabelWords = 3;

    /// <summary>The layout of <paramref name="text"/>.</summary>
    public PromptLayout Read(string text, IReadOnlyList<CodeScanner.Block> blocks, List<TextSpan> paragraphs)
    {
        if (paragraphs.Count == 0)
            return PromptLayout.Whole(text.Length, blocks);
        return Delimited(text, paragraphs, blocks)
            ?? AfterColon(text, paragraphs, blocks)
            ?? Pasted(text, paragraphs, blocks)
            ?? PromptLayout.Whole(text.Length, blocks);
    }

    // One delimited block that stands alone between instructions.
    static PromptLayout? Delimited(string text, List<TextSpan> paragraphs, IReadOnlyList<CodeScanner.Block> blocks)
    {
        if (blocks.Count != 1)
            return null;
        var at = paragraphs.FindIndex(p => p.Contains(blocks[0].Span));
        if (at < 0)
            return null;
        var block = blocks[0].Span;
        var parts = new List<PromptPart>();
        AddInstruction(text, parts, new(0, block.Start));
        parts.Add(new(blocks[0].IsCode ? PartKind.Code : PartKind.Text, block, true));
        AddInstruction(text, parts, new(block.End, text.Length));
        return new(parts, blocks, []);
    }

    // "Summarise this article: …" or "Translate the following text:\n…"
    PromptLayout? AfterColon(string text, List<TextSpan> paragraphs, IReadOnlyList<CodeScanner.Block> blocks)
    {
        if (blocks.Count > 0)
            return null;
        var first = paragraphs[0];
        var colon = Colon(text, first);
        if (colon < 0 || WordCounter.Count(text.AsSpan(first.Start, colon - first.Start)) > MaxLeadWords)
            return null;
        var rest = Trimmed(text, new(colon + 1, text.Length));
        if (rest.Length == 0)
            return null;
        var lead = scan(text[first.Start..(colon + 1)]);
        if (QuotedFirst(text, first.Start, colon, rest, blocks) is { } quoting)
            return quoting;
        // "…, 80 words max: “…”": a quotation that is all the rest.
        var quoted = IsQuoted(text, rest) && WordCounter.Count(text.AsSpan(rest.Start, rest.Length)) >= ShortText;
        if (!quoted && (!lead.Has("transform") && !(lead.Has("deixis") && lead.Has("instruct")) || IsList(text, rest) && !lead.Has("deixis") || IsLabelled(text, first.Start, colon, rest.Start)))
            return null;
        if (!quoted && HasSections(text, rest))
            return null;
        var parts = new List<PromptPart>();
        AddInstruction(text, parts, new(0, colon + 1));
        var tail = paragraphs.Count > 1 && IsTail(text, paragraphs[^1]) && paragraphs[^1].Start > rest.Start ? paragraphs[^1] : (TextSpan?)null;
        var material = Material(text, new(rest.Start, tail?.Start ?? text.Length));
        if (WordCounter.Count(text.AsSpan(material.Start, material.Length)) < 3)
            return null;
        parts.Add(new(CodeLines.LooksLikeCode(text[material.Start..material.End]) ? PartKind.Code : PartKind.Text, material, IsQuoted(text, material) || IsList(text, material) || IsUnderLabel(text, colon, material) || IsShortEnd(text, colon, material)));
        if (tail is { } t)
            AddInstruction(text, parts, t);
        return new(parts, blocks, []);
    }

    // A short instruction and long paragraphs, in either order.
    PromptLayout? Pasted(string text, List<TextSpan> paragraphs, IReadOnlyList<CodeScanner.Block> blocks)
    {
        if (blocks.Count > 0 || paragraphs.Count < 2)
            return null;
        var (first, last) = (paragraphs[0], paragraphs[^1]);
        var firstLeads = IsLead(text, first);
        var lastAsks = IsTail(text, last);
        if (firstLeads)
        {
            var material = Material(text, new(paragraphs[1].Start, lastAsks && paragraphs.Count > 2 ? last.Start : text.Length));
            if (IsMaterial(text, material, Points(text, first) ? ShortText : LongText))
                return Build(text, blocks, new(0, first.End), material, lastAsks && paragraphs.Count > 2 ? last : null);
        }
        if (lastAsks && !firstLeads)
        {
            var material = Material(text, new(first.Start, last.Start));
            if (IsMaterial(text, material, LongText))
                return Build(text, blocks, null, material, last);
        }
        return null;
    }

    static PromptLayout Build(string text, IReadOnlyList<CodeScanner.Block> blocks, TextSpan? lead, TextSpan material, TextSpan? tail)
    {
        var parts = new List<PromptPart>();
        if (lead is { } l)
            AddInstruction(text, parts, l);
        parts.Add(new(CodeLines.LooksLikeCode(text[material.Start..material.End]) ? PartKind.Code : PartKind.Text, material, false));
        if (tail is { } t)
            AddInstruction(text, parts, t);
        return new(parts, blocks, []);
    }

    // "Summarise this text" and then a blank line: what follows is the text, however short.
    bool Points(string text, TextSpan lead)
    {
        var hits = scan(text[lead.Start..lead.End]);
        return hits.Has("transform") && (hits.Has("deixis") || hits.Has("code.deixis"));
    }

    bool IsMaterial(string text, TextSpan span, int atLeast)
    {
        var body = text[span.Start..span.End];
        if (HasSections(text, span))
            return false;
        if (CodeLines.LooksLikeCode(body))
            return true;
        if (WordCounter.Count(body) < atLeast || IsList(text, span))
            return false;
        // A long specification is full of instructions; pasted text is not.
        var hits = scan(body[..Math.Min(body.Length, 3000)]);
        var structure = LineShapes.Of(body);
        return structure.Headings + structure.Labels == 0 && hits.Of("instruct").Count() * 25 < WordCounter.Count(body) + 25 && hits.Of("criteria").Count() * 30 < WordCounter.Count(body) + 60;
    }

    bool IsLead(string text, TextSpan span)
    {
        var body = text[span.Start..span.End];
        if (WordCounter.Count(body) > MaxLeadWords)
            return false;
        var hits = scan(body);
        return hits.Has("transform") || hits.Has("deixis") && hits.Has("instruct") || hits.Has("ask") && (body.Contains('?') || body.Contains('？'));
    }

    bool IsTail(string text, TextSpan span)
    {
        var body = text[span.Start..span.End];
        if (WordCounter.Count(body) > MaxLeadWords)
            return false;
        if (body.EndsWith('?') || body.EndsWith('？') || body.EndsWith("か。", StringComparison.Ordinal) || body.EndsWith('吗'))
            return true;
        // An order stands at the beginning of its sentence, in Japanese at the end.
        return scan(body).Of("transform").Any(h => h.Span.Start <= OrderWithin || body[0] > '\u2E80' && h.Span.End >= body.Length - OrderWithin);
    }

    // The colon that ends the instruction: of the paragraph's first line, or the first one inside it.
    static int Colon(string text, TextSpan paragraph)
    {
        for (var i = paragraph.Start; i < paragraph.End; i++)
            if (text[i] is '：' || text[i] == ':' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]) || text[i + 1] is '"' or '“' or '「' or > '\u2E80'))
                return OpensCode(text, i) ? -1 : i;
            else if (text[i] == '\n' && WordCounter.Count(text.AsSpan(paragraph.Start, i - paragraph.Start)) > 25)
                return -1;
        return -1;
    }

    // "Labels: …", "Rules: …", "Examples: …": what follows is the rest of the specification.
    bool HasSections(string text, TextSpan rest)
    {
        var body = text[rest.Start..rest.End];
        return SectionLabels.In(body, scan(body[..Math.Min(body.Length, 3000)]), [new(0, body.Length)]).Skip(1).Any();
    }

    // "…: “the text.” Return only the translation.": the order goes on after the quotation.
    static PromptLayout? QuotedFirst(string text, int start, int colon, TextSpan rest, IReadOnlyList<CodeScanner.Block> blocks)
    {
        var quotes = new List<PromptEntity>();
        QuoteScanner.Scan(text[rest.Start..rest.End], quotes, rest.Start);
        if (quotes.Count == 0 || quotes[0].Span.Start != rest.Start || quotes[0].Span.End == rest.End || WordCounter.Count(quotes[0].Span.Of(text)) < ShortText)
            return null;
        var after = Trimmed(text, new(quotes[0].Span.End, rest.End));
        if (quotes.Count > 1 || WordCounter.Count(text.AsSpan(after.Start, after.Length)) > MaxLeadWords || !char.IsLetterOrDigit(text[after.Start]))
            return null;
        var parts = new List<PromptPart>();
        AddInstruction(text, parts, new(start, colon + 1));
        parts.Add(new(PartKind.Text, quotes[0].Span, true));
        AddInstruction(text, parts, after);
        return new(parts, blocks, []);
    }

    // After "…:" and a line break a short text to the end of the prompt needs no other mark.
    static bool IsShortEnd(string text, int colon, TextSpan material) =>
        material.End >= text.AsSpan().TrimEnd().Length && text.AsSpan(colon, material.Start - colon).Contains('\n') && WordCounter.Count(text.AsSpan(material.Start, material.Length)) < LongText;

    // "Review:" on a line of its own shows where the text begins, and the end of the prompt shows where it ends.
    static bool IsUnderLabel(string text, int colon, TextSpan material)
    {
        var start = text.AsSpan(0, colon).LastIndexOf('\n') + 1;
        return start > 0 && material.End >= text.AsSpan().TrimEnd().Length && text.AsSpan(colon, material.Start - colon).Contains('\n') && WordCounter.Count(text.AsSpan(start, colon - start)) <= LabelWords;
    }

    // "…, topic: ordering food": one or two words after a comma are the label of a detail, and no order.
    bool IsLabelled(string text, int start, int colon, int rest)
    {
        if (text.AsSpan(colon, rest - colon).Contains('\n'))
            return false;
        var clause = text.AsSpan(start, colon - start).LastIndexOfAny(ClauseEnds);
        var label = text[(start + clause + 1)..colon];
        return clause >= 0 && WordCounter.Count(label) <= 2 && !scan(label).Has("transform");
    }

    static readonly System.Buffers.SearchValues<char> ClauseEnds = System.Buffers.SearchValues.Create(",;.!?，。、；");

    // "def f():" and a deeper line under it: the colon belongs to the code.
    static bool OpensCode(string text, int colon)
    {
        var next = CodeScanner.NextLine(text, colon);
        var line = text.LastIndexOf('\n', colon) + 1;
        return next < text.Length && text.AsSpan(colon + 1, next - colon - 1).IsWhiteSpace() && !text.AsSpan(next, CodeScanner.NextLine(text, next) - next).IsWhiteSpace()
            && CodeScanner.SkipSpaces(text, next) - next > CodeScanner.SkipSpaces(text, line) - line && text.AsSpan(line, colon - line).ContainsAny('(', '=');
    }

    static bool IsList(string text, TextSpan span) => LineShapes.Of(text[span.Start..span.End]) is { ListItems: > 1 };

    static bool IsQuoted(string text, TextSpan span) =>
        (text[span.Start], text[span.End - 1]) is ('"', '"') or ('“', '”') or ('„', '“') or ('«', '»') or ('「', '」') or ('\'', '\'');

    static void AddInstruction(string text, List<PromptPart> parts, TextSpan span)
    {
        var trimmed = Trimmed(text, span);
        if (trimmed.Length > 0)
            parts.Add(new(PartKind.Instruction, trimmed, false));
    }

    // With the indentation of its first line, which carries meaning in code.
    static TextSpan Material(string text, TextSpan span)
    {
        var trimmed = Trimmed(text, span);
        var line = trimmed.Start;
        while (line > 0 && text[line - 1] is ' ' or '\t')
            line--;
        return line == 0 || text[line - 1] == '\n' ? trimmed with { Start = line } : trimmed;
    }

    static TextSpan Trimmed(string text, TextSpan span)
    {
        var (start, end) = (span.Start, span.End);
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return new(start, end);
    }

    /// <summary>Runs of lines between blank lines; a delimited block is never cut.</summary>
    internal static List<TextSpan> Paragraphs(string text, IReadOnlyList<CodeScanner.Block> blocks)
    {
        var paragraphs = new List<TextSpan>();
        var start = -1;
        var end = 0;
        for (var line = 0; line < text.Length;)
        {
            var next = CodeScanner.NextLine(text, line);
            var inBlock = blocks.Any(b => b.Span.Start < next && line < b.Span.End);
            if (!inBlock && text.AsSpan(line, next - line).IsWhiteSpace())
            {
                if (start >= 0)
                    paragraphs.Add(Trimmed(text, new(start, end)));
                start = -1;
            }
            else if (start < 0)
                start = line;
            end = next;
            line = next;
        }
        if (start >= 0)
            paragraphs.Add(Trimmed(text, new(start, text.Length)));
        return paragraphs;
    }
}
