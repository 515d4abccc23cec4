using Microsoft.Extensions.Configuration;
using PromptPlatform.ServiceDefaults.Hosting;

namespace PromptPlatform.ServiceDefaults.Tests;

public sealed class LogDefaultsTests
{
    [Test]
    public void Settings_WinOverTheDefaults()
    {
        var configuration = Configuration(traced: false, ("Logging:LogLevel:Microsoft.AspNetCore", "Debug"));

        Assert.That(configuration["Logging:LogLevel:Microsoft.AspNetCore"], Is.EqualTo("Debug"));
        Assert.That(configuration["Logging:LogLevel:Yarp"], Is.EqualTo("Warning"));
    }

    [TestCase(false, "None")]
    [TestCase(true, null)]
    public void Requests_HaveSpansOnlyWhereTheyAreCollected(bool traced, string? level) =>
        Assert.That(Configuration(traced)["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"], Is.EqualTo(level));

    private static ConfigurationManager Configuration(bool traced, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        LogDefaults.AddTo(configuration, traced);
        return configuration;
    }
}
