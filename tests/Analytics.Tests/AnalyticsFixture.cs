using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests;

/// <summary>One running service for all tests; each uses an organisation of its own.</summary>
[SetUpFixture]
internal sealed class AnalyticsFixture
{
    private static readonly ErrorLogGuard s_errors = new();

    public static AnalyticsApplication Analytics { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => Analytics = await AnalyticsApplication.StartAsync(s_errors);

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Analytics is null)
            return;
        await Analytics.DisposeAsync();
        s_errors.Verify();
    }
}
