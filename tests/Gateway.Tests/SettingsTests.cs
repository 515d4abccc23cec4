using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.ServiceDefaults.Hosting;

namespace PromptPlatform.Gateway.Tests;

internal sealed class SettingsTests
{
    [Test]
    public void Address_ThatIsMissing_StopsTheStartAndNamesTheSetting()
    {
        var error = Assert.Throws<SettingsException>(() => ServiceProgram.Build([], b => b.AddGateway(), a => a.MapGateway()))!;

        Assert.That(error.Message, Does.Match("^services:[a-z]+:(http|grpc):0 is missing"));
    }

    [Test]
    public void ServiceSecret_ThatIsMissing_StopsTheStart()
    {
        string[] addresses = [.. new[] { "auth", "enhancement", "catalog", "analytics", "billing", "inference" }.SelectMany(s => new[] { $"--services:{s}:http:0=http://localhost:1", $"--services:{s}:grpc:0=http://localhost:1" })];

        var error = Assert.Throws<SettingsException>(() => ServiceProgram.Build(addresses, b => b.AddGateway(), a => a.MapGateway()))!;

        Assert.That(error.Message, Does.StartWith("Identity:ServiceSecret is missing"));
    }

    [Test]
    public async Task Address_ThatIsMissing_EndsTheProcessWith78()
    {
        int exit = await ServiceProgram.RunAsync([], b => b.AddGateway(), a => a.MapGateway());

        Assert.That(exit, Is.EqualTo(78));
    }
}
