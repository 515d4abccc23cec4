namespace Microsoft.ML.OnnxRuntime;

/// <summary>Receives a message of the native library, on whatever thread it arises.</summary>
/// <param name="param">The <see cref="EnvironmentCreationOptions.loggingParam"/>.</param>
/// <param name="severity">How bad it is.</param>
/// <param name="category">Part of the library.</param>
/// <param name="logId">Name of the environment, session or Run.</param>
/// <param name="codeLocation">Where in the library's source.</param>
/// <param name="message">The text. It may carry names of files and nodes.</param>
public delegate void DOrtLoggingFunction(IntPtr param, OrtLoggingLevel severity, string category, string logId, string codeLocation, string message);

/// <summary>Settings of the process-wide environment. Everything is optional.</summary>
public struct EnvironmentCreationOptions
{
    /// <summary>Names the application in the log.</summary>
    public string? logId;

    /// <summary>Least severity that is written; warnings by default.</summary>
    public OrtLoggingLevel? logLevel;

    /// <summary>Handed to the logging function as it is.</summary>
    public IntPtr? loggingParam;

    /// <summary>Receives the messages in place of standard error. It should not throw: nothing can be done with the exception.</summary>
    public DOrtLoggingFunction? loggingFunction;
}
