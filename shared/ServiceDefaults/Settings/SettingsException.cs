namespace PromptPlatform.ServiceDefaults.Settings;

/// <summary>A setting is missing or wrong: the start ends with one clear line and exit code 78 (EX_CONFIG of sysexits.h).</summary>
public sealed class SettingsException(string setting, string problem) : Exception($"{setting} {problem}")
{
    /// <summary>The exit code of a process whose settings are wrong.</summary>
    public const int ExitCode = 78;
}
