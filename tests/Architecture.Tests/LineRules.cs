using System.Text.RegularExpressions;

namespace PromptPlatform.Architecture.Tests;

/// <summary>The rules of place and of style that a line can break.</summary>
internal static partial class LineRules
{
    public static readonly LineRule[] All =
    [
        new(
            "SQL stands only in Storage/",
            "move the statement into a class in the Storage/ folder of its service",
            Sql(),
            file => IsProduct(file) && !file.IsIn("/Storage/", "shared/LocalServers/"),
            "command.CommandText = \"SELECT id FROM enhancements\";"),
        new(
            "Status codes are chosen only at the edge",
            "throw a RequestException with a kind; shared/ServiceDefaults and gateway/Edge map it once",
            StatusCodes(),
            file => IsProduct(file) && !file.IsIn("shared/ServiceDefaults/", "gateway/Edge/"),
            "throw new RpcException(new Status(StatusCode.NotFound, \"gone\"));"),
        new(
            "The clock is handed in",
            "take a TimeProvider and ask it",
            Clock(),
            IsProduct,
            "var now = DateTime.UtcNow;"),
        new(
            "Nothing is left unbuilt behind a signature",
            "build it, or take the member away until it is built",
            Unbuilt(),
            file => IsOurs(file),
            "throw new NotImplementedException();"),
        new(
            "Log messages are methods of Log.cs",
            "declare the message with [LoggerMessage] in Log.cs and call that method",
            LogCall(),
            IsProduct,
            "logger.LogInformation(\"started\");"),
        new(
            "[LoggerMessage] stands only in Log.cs",
            "move the message to the Log.cs of its project",
            LoggerMessage(),
            file => IsProduct(file) && file.Name != "Log.cs",
            "[LoggerMessage(1, LogLevel.Information, \"started\")]"),
        new(
            "Exceptions are not swallowed",
            "let it pass, or handle it by name and say why that is right",
            Swallowed(),
            file => IsOurs(file),
            "catch (Exception) { }"),
        new(
            "Threads do not sleep and do not block on tasks",
            "await Task.Delay with a TimeProvider and a cancellation token, or await the task",
            Blocking(),
            IsProduct,
            "Thread.Sleep(10);"),
    ];

    // Stand-ins carry the official API, odd shapes included; here the samples would be offences.
    private static bool IsOurs(SourceFile file) => !file.IsIn("tests/Architecture.Tests/", "shared/StandIns/");

    private static bool IsProduct(SourceFile file) => IsOurs(file) && !file.IsIn("tests/");

    [GeneratedRegex(@"\b(SELECT\b.*\bFROM\b|INSERT INTO\b|UPDATE \w+ SET\b|DELETE FROM\b|(CREATE|ALTER|DROP) TABLE\b|TRUNCATE \w)")]
    private static partial Regex Sql();

    // Reading what a peer answered is fine: `when (error.StatusCode == StatusCode.ResourceExhausted)`.
    [GeneratedRegex(@"\bStatusCodes\.Status\d+|\bnew (RpcException|Status)\(")]
    private static partial Regex StatusCodes();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bNotImplementedException\b|\b(TODO|FIXME|HACK)\b")]
    private static partial Regex Unbuilt();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex LogCall();

    [GeneratedRegex(@"\[LoggerMessage\b")]
    private static partial Regex LoggerMessage();

    [GeneratedRegex(@"\bcatch\b\s*(\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex Swallowed();

    [GeneratedRegex(@"\bThread\.Sleep\(|\.GetAwaiter\(\)\.GetResult\(\)")]
    private static partial Regex Blocking();
}
