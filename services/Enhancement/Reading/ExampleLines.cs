namespace PromptPlatform.Enhancement.Reading;

/// <summary>An example of the prompt.</summary>
/// <param name="Input">What goes in.</param>
/// <param name="Answer">What comes out; empty when it is missing.</param>
internal readonly record struct Example(TextSpan Input, TextSpan Answer);

/// <summary>Reads examples: pairs of labelled lines ("Input: …", "Output: …") and lines with an arrow.</summary>
internal static class ExampleLines
{
    const int MaxExamples = 100;
    static readonly string[] Inputs = ["input", "question", "q", "review", "eingabe", "frage", "entrada", "pregunta", "entrée", "pergunta", "ingresso", "domanda", "输入", "入力", "問題", "问题"];
    static readonly string[] Outputs = ["output", "answer", "a", "label", "sentiment", "category", "ausgabe", "antwort", "salida", "respuesta", "sortie", "réponse", "saída", "resposta", "uscita", "risposta", "输出", "出力", "回答", "答案"];
    static readonly string[] Arrows = [" -> ", " => ", " → ", "→"];

    /// <summary>The examples by position, outside code; none when there is only one.</summary>
    public static IReadOnlyList<Example> Read(string text, PromptLayout layout)
    {
        var examples = new List<Example>();
        foreach (var range in layout.Parts.Where(p => p.Kind != PartKind.Code).Select(p => p.Span))
            for (var line = range.Start; line < range.End && examples.Count < MaxExamples; line = CodeScanner.NextLine(text, line))
            {
                var start = CodeScanner.SkipSpaces(text, line);
                var span = new TextSpan(Math.Min(start, range.End), Math.Min(Math.Max(CodeScanner.NextLine(text, line), start), range.End));
                Line(text, span, examples);
            }
        if (!examples.Exists(e => e.Answer.Length > 0))
            examples = Pairs(text, layout);
        // One arrow may be a reaction or a plan, and "Review: …" alone is a form to fill in.
        return examples.Count > 1 && examples.Exists(e => e.Answer.Length > 0) ? examples : [];
    }

    // "“Screws, 200” = SCR; “Bolts” = ?": signs that mean much else count only where some items are answered and others are open.
    static List<Example> Pairs(string text, PromptLayout layout)
    {
        foreach (var sign in (string[])[" =", " –", " —"])
        {
            var pairs = new List<Example>();
            foreach (var range in layout.Parts.Where(p => p.Kind != PartKind.Code).Select(p => p.Span))
                for (var at = range.Start; at < range.End && pairs.Count < MaxExamples;)
                {
                    var stop = text.AsSpan(at, range.End - at).IndexOfAny('\n', ';');
                    var end = stop < 0 ? range.End : at + stop;
                    var body = text.AsSpan(at, end - at).TrimEnd();
                    if (body.IndexOf(sign) is > 0 and var found && (found + sign.Length == body.Length || body[found + sign.Length] == ' '))
                        pairs.Add(Pair(body, at, found, sign.Length));
                    at = end + 1;
                }
            if (pairs.Count(p => p.Answer.Length > 0) >= 2 && pairs.Exists(p => p.Answer.Length == 0))
                return pairs;
        }
        return [];
    }

    static Example Pair(ReadOnlySpan<char> body, int at, int sign, int length)
    {
        var answer = body[(sign + length)..].Trim();
        return new(new(at, at + sign), answer.IsEmpty || answer is "?" ? default : new(at + sign + length + 1, at + body.Length));
    }

    static void Line(string text, TextSpan line, List<Example> examples)
    {
        var body = text.AsSpan(line.Start, line.Length).TrimEnd();
        foreach (var arrow in Arrows)
        {
            if (body.Length > arrow.Length && body.EndsWith(arrow.AsSpan().TrimEnd()))
            {
                examples.Add(new(new(line.Start, line.Start + body.Length - arrow.TrimEnd().Length), default));
                return;
            }
            if (body.IndexOf(arrow) is > 0 and var at && body.Length > at + arrow.Length)
            {
                examples.Add(new(new(line.Start, line.Start + at), new(line.Start + at + arrow.Length, line.Start + body.Length)));
                return;
            }
        }
        var colon = body[..Math.Min(body.Length, 16)].IndexOfAny(':', '：');
        if (colon < 1)
            return;
        var label = body[..colon].Trim().ToString();
        var content = new TextSpan(line.Start + colon + 1, line.Start + body.Length);
        if (Inputs.Contains(label, StringComparer.OrdinalIgnoreCase))
            examples.Add(new(content.Length > 0 ? content : line, default));
        else if (Outputs.Contains(label, StringComparer.OrdinalIgnoreCase) && examples.Count > 0 && examples[^1].Answer.Length == 0 && content.Length > 0)
            examples[^1] = examples[^1] with { Answer = content };
    }
}
