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
        foreach (var range in layout.Instructions.Concat(layout.Parts.Where(p => p.Kind == PartKind.Text).Select(p => p.Span)).OrderBy(s => s.Start))
            for (var line = range.Start; line < range.End && examples.Count < MaxExamples; line = CodeScanner.NextLine(text, line))
            {
                var start = CodeScanner.SkipSpaces(text, line);
                var span = new TextSpan(Math.Min(start, range.End), Math.Min(Math.Max(CodeScanner.NextLine(text, line), start), range.End));
                Line(text, span, examples);
            }
        // One arrow may be a reaction or a plan, and "Review: …" alone is a form to fill in.
        return examples.Count > 1 && examples.Exists(e => e.Answer.Length > 0) ? examples : [];
    }

    static void Line(string text, TextSpan line, List<Example> examples)
    {
        var body = text.AsSpan(line.Start, line.Length).TrimEnd();
        foreach (var arrow in Arrows)
            if (body.IndexOf(arrow) is > 0 and var at && body.Length > at + arrow.Length)
            {
                examples.Add(new(new(line.Start, line.Start + at), new(line.Start + at + arrow.Length, line.Start + body.Length)));
                return;
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
