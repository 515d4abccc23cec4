using Microsoft.Extensions.Logging;

namespace PromptPlatform.TestKit;

/// <summary>One log entry of level error or critical.</summary>
public sealed record LoggedError(string Category, EventId EventId, string Message, Exception? Exception);
