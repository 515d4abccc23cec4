using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>The marks around pasted material.</summary>
/// <param name="Heading">A line above, where no instruction introduces the material.</param>
/// <param name="Open">The line before it.</param>
/// <param name="Close">The line after it.</param>
internal sealed record MaterialMarks(string? Heading, string Open, string Close)
{
    /// <summary>Marks that do not stand in the material itself, or null.</summary>
    public static MaterialMarks? For(PromptReading reading, Rendering rendering, LanguagePack pack)
    {
        if (reading.Layout.Material is not { Delimited: false } material)
            return null;
        var body = material.Span.Of(reading.Text);
        var marks = Around(material.Kind == PartKind.Code, rendering, pack);
        var mark = rendering == Rendering.Xml ? marks.Close : marks.Open;
        return body.Contains(mark, StringComparison.Ordinal) ? null : marks;
    }

    /// <summary>The marks of a rendering.</summary>
    public static MaterialMarks Around(bool isCode, Rendering rendering, LanguagePack pack)
    {
        var name = isCode ? "code" : "text";
        if (rendering == Rendering.Xml)
            return new(null, $"<{name}>", $"</{name}>");
        var fence = isCode ? "```" : "\"\"\"";
        return new(Structure.Open(rendering, pack, name), fence, fence);
    }
}
