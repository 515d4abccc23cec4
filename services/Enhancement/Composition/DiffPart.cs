namespace PromptPlatform.Enhancement.Composition;

/// <summary>A piece of the diff: keep and delete in order give the original, keep and insert the enhanced text.</summary>
/// <param name="Op">keep, insert or delete.</param>
/// <param name="Text">The piece; never half of a surrogate pair.</param>
public sealed record DiffPart(string Op, string Text);
