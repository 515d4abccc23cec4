using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace PromptPlatform.ServiceDefaults.Hosting;

/// <summary>What is logged unless the section <c>Logging</c> says otherwise.</summary>
internal static class LogDefaults
{
    // At Information the framework writes several lines for every request: more work than most requests are.
    private static readonly KeyValuePair<string, string?>[] s_levels =
    [
        new("Logging:LogLevel:Default", "Information"),
        new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"),
        new("Logging:LogLevel:System.Net.Http", "Warning"),
        new("Logging:LogLevel:Yarp", "Warning"),
    ];

    // This logger being on is what makes the server start a span for every request, and the HTTP client behind it another.
    private static readonly KeyValuePair<string, string?> s_noSpans = new("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "None");

    /// <summary>Puts the levels below all other settings.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="traced">Whether somebody collects spans.</param>
    public static void AddTo(ConfigurationManager configuration, bool traced) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = traced ? s_levels : [.. s_levels, s_noSpans] });
}
