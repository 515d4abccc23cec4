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

    /// <summary>Puts the levels below all other settings.</summary>
    public static void AddTo(ConfigurationManager configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = s_levels });
}
