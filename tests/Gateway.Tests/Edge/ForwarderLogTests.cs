using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PromptPlatform.Gateway.Tests.Edge;

internal sealed class ForwarderLogTests : GatewayTest
{
    [Test]
    public void Forwarder_WhenACallerBreaksItsBodyOff_HasNoWarningToFillTheLogWith()
    {
        var rules = Gateway.Services.GetRequiredService<IOptions<LoggerFilterOptions>>().Value.Rules;

        Assert.That(rules, Has.Some.Matches<LoggerFilterRule>(r =>
            r is { CategoryName: "Yarp.ReverseProxy.Forwarder.HttpForwarder", ProviderName: null, LogLevel: LogLevel.Error }));
    }
}
