using Microsoft.ML.OnnxRuntime;

namespace PromptPlatform.OnnxRuntime.Tests;

/// <summary>The environment and what it logs. One test at a time: the log is one for the whole process.</summary>
[NonParallelizable]
public sealed class OrtEnvTests
{
    [SetUp]
    public void ForgetEarlierMessages() => NativeLog.Messages.Clear();

    [TearDown]
    public void LetTheFunctionReturn() => NativeLog.Throws = false;

    [Test]
    public void LoggingFunction_GetsTheMessagesOfASession()
    {
        OpenVerbosely("chatty");

        var message = NativeLog.Messages.First(message => message.LogId == "chatty");
        Assert.That(message.Param, Is.EqualTo(NativeLog.Param));
        Assert.That(message.Severity, Is.EqualTo(OrtLoggingLevel.ORT_LOGGING_LEVEL_VERBOSE).Or.EqualTo(OrtLoggingLevel.ORT_LOGGING_LEVEL_INFO));
        Assert.That(message.Category, Is.Not.Empty);
        Assert.That(message.CodeLocation, Does.Contain(":"));
        Assert.That(message.Text, Is.Not.Empty);
    }

    [Test]
    public void LoggingFunction_ThatThrows_BreaksNothing()
    {
        NativeLog.Throws = true;

        OpenVerbosely("throwing");

        Assert.That(NativeLog.Messages, Has.Some.Matches<NativeMessage>(message => message.LogId == "throwing"));
    }

    [Test]
    public void LogId_OfARun_NamesItsMessages()
    {
        FailWith("named run", OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);

        var message = NativeLog.Messages.First(message => message.LogId.Contains("named run", StringComparison.Ordinal));
        Assert.That(message.Severity, Is.EqualTo(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR));
    }

    [Test]
    public void LogSeverityLevel_OfARun_KeepsLesserMessagesAway()
    {
        FailWith("silent run", OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);

        Assert.That(NativeLog.Messages, Has.None.Matches<NativeMessage>(message => message.LogId.Contains("silent run", StringComparison.Ordinal)));
    }

    [Test]
    public void EnvLogLevel_CanBeChanged()
    {
        var environment = OrtEnv.Instance();
        Assert.That(environment.EnvLogLevel, Is.EqualTo(OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING));

        environment.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_VERBOSE;
        using (new InferenceSession(SumModel.Path)) Assert.That(NativeLog.Messages, Is.Not.Empty);

        environment.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;
        NativeLog.Messages.Clear();
        using (new InferenceSession(SumModel.Path)) Assert.That(NativeLog.Messages, Is.Empty);
    }

    [Test]
    public void CreateInstanceWithOptions_OnceItExists_Throws()
    {
        EnvironmentCreationOptions options = new() { logId = "late" };

        Assert.That(OrtEnv.IsCreated);
        Assert.That(() => OrtEnv.CreateInstanceWithOptions(ref options), Throws.TypeOf<OnnxRuntimeException>());
    }

    [Test]
    public void Dispose_LeavesTheEnvironmentToTheOthersOfTheProcess()
    {
        OrtEnv.Instance().Dispose();

        Assert.That(() => new InferenceSession(SumModel.Path).Dispose(), Throws.Nothing);
    }

    private static void FailWith(string logId, OrtLoggingLevel severity)
    {
        using SumModel model = new(1, 2);
        using var three = OrtValue.CreateTensorValueFromMemory([1f, 2, 3], [3]);
        model.Options.LogId = logId;
        model.Options.LogSeverityLevel = severity;
        Assert.That(
            () => model.Session.Run(model.Options, model.InputNames, [model.Inputs[0], three], model.OutputNames, model.Outputs),
            Throws.TypeOf<OnnxRuntimeException>());
    }

    private static void OpenVerbosely(string logId)
    {
        using SessionOptions options = new() { LogId = logId, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_VERBOSE };
        using InferenceSession session = new(SumModel.Path, options);
    }
}
