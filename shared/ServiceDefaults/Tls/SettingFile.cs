using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.ServiceDefaults.Tls;

/// <summary>A file that a setting names.</summary>
/// <param name="Setting">The setting, e.g. <c>Tls:KeyFile</c>.</param>
/// <param name="Path">The file.</param>
internal sealed record SettingFile(string Setting, string Path)
{
    /// <summary>The whole file. Throws <see cref="SettingsException"/> naming the setting when it cannot be read.</summary>
    public byte[] Read()
    {
        if (Path.Length == 0)
            throw new SettingsException(Setting, "is missing: give the path of a PEM file");
        try
        {
            return File.ReadAllBytes(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"cannot be read ({error.Message}): give a PEM file that this user may read");
        }
    }

    /// <summary>What is wrong with the file and how to cure it, as the error that stops a start.</summary>
    public SettingsException Wrong(string problem) => new(Setting, $"is {Path}, which {problem}");
}
