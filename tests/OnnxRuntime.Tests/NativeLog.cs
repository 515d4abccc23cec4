using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;

namespace PromptPlatform.OnnxRuntime.Tests;

internal sealed record NativeMessage(nint Param, OrtLoggingLevel Severity, string Category, string LogId, string CodeLocation, string Text);

/// <summary>The one environment of this process, made with a logging function before any test uses the library.</summary>
[SetUpFixture]
internal sealed class NativeLog
{
    public const nint Param = 4711;

    public static ConcurrentQueue<NativeMessage> Messages { get; } = [];

    /// <summary>Lets the function throw after it has noted the message.</summary>
    public static volatile bool Throws;

    [OneTimeSetUp]
    public void CreateEnvironment()
    {
        EnvironmentCreationOptions options = new() { logId = "tests", loggingParam = Param, loggingFunction = Receive };
        OrtEnv.CreateInstanceWithOptions(ref options);
    }

    private static void Receive(nint param, OrtLoggingLevel severity, string category, string logId, string codeLocation, string message)
    {
        Messages.Enqueue(new(param, severity, category, logId, codeLocation, message));
        if (Throws) throw new InvalidOperationException("thrown by the logging function");
    }
}
