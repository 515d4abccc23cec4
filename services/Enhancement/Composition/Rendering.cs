using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>How structure is written for a target; a prompt that already has a style of its own keeps it.</summary>
internal enum Rendering
{
    /// <summary>Requirements:</summary>
    Plain,

    /// <summary>## Requirements</summary>
    Markdown,

    /// <summary>&lt;requirements&gt;</summary>
    Xml,
}

/// <summary>Names and marks of structure.</summary>
internal static class Structure
{
    /// <summary>Sections in the order in which they are written.</summary>
    public static readonly string[] Sections = ["details", "requirements", "format"];

    /// <summary>The rendering for <paramref name="target"/>.</summary>
    public static Rendering For(TargetModel target, PromptReading reading)
    {
        if (reading.Layout.Blocks.Any(b => b.IsTagged))
            return Rendering.Xml;
        if (LineShapes.Of(reading.Layout.InstructionText(reading.Text)).Headings > 0)
            return Rendering.Markdown;
        return target.Family switch
        {
            ModelFamily.Claude => Rendering.Xml,
            ModelFamily.Gpt => Rendering.Markdown,
            ModelFamily.Generic or ModelFamily.Gemini or ModelFamily.Llama => Rendering.Plain,
            _ => throw new ArgumentOutOfRangeException(nameof(target), target.Family, "is no family"),
        };
    }

    /// <summary>The tag of a section; tags are English in every language, as the vendors write them.</summary>
    public static string Tag(string section) => section == "format" ? "output_format" : section;

    /// <summary>The line that opens a section.</summary>
    public static string Open(Rendering rendering, LanguagePack pack, string section) => rendering switch
    {
        Rendering.Xml => $"<{Tag(section)}>",
        Rendering.Markdown => "## " + pack.Headings[section],
        Rendering.Plain => pack.Headings[section] + Colon(pack),
        _ => throw new ArgumentOutOfRangeException(nameof(rendering), rendering, "is no rendering"),
    };

    // French writes a space before the colon; Chinese and Japanese have their own.
    static string Colon(LanguagePack pack) =>
        pack.Headings["format"][0] >= '\u2E80' ? "：" : pack.Headings["task"] == "Tâche" ? " :" : ":";
}
