namespace PromptPlatform.Faults.Tests;

/// <summary>One enhancement that the test asks for.</summary>
/// <param name="Prompt">Unique, so that a doubled effect shows in the history.</param>
/// <param name="Key">Its idempotency key.</param>
internal sealed record Operation(string Prompt, string Key);
