namespace PromptPlatform.Enhancement.Proof;

/// <summary>What a line of the engine does.</summary>
internal enum PackRole
{
    /// <summary>It is none of the engine's.</summary>
    None,

    /// <summary>Says something, or leaves a blank to fill in.</summary>
    Sentence,

    /// <summary>Names what follows.</summary>
    Heading,

    /// <summary>Opens a tag.</summary>
    Open,

    /// <summary>Closes a tag.</summary>
    Close,

    /// <summary>Opens or closes a fence.</summary>
    Fence,
}

/// <summary>A line of the engine.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Key">Of the sentence or the section; the mark of a fence.</param>
/// <param name="Bullet">Whether it is an item of a list.</param>
internal readonly record struct PackLine(PackRole Role, string Key, bool Bullet);
