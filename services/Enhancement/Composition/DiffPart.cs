namespace PromptPlatform.Enhancement.Composition;

/// <summary>A piece of the diff: keep and delete in order give the original, keep and insert the enhanced text.</summary>
/// <param name="Op">keep, insert or delete.</param>
/// <param name="Text">The piece: whole words, never half of one.</param>
/// <param name="Edit">Id of the edit or lint finding that it comes from; null where it is kept.</param>
public sealed record DiffPart(string Op, string Text, string? Edit = null);
