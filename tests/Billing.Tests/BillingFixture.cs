using PromptPlatform.TestKit;

namespace PromptPlatform.Billing.Tests;

/// <summary>One running service for all tests; each uses an organisation of its own.</summary>
[SetUpFixture]
internal sealed class BillingFixture
{
    private static readonly ErrorLogGuard s_errors = new();

    public static BillingApplication Billing { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => Billing = await BillingApplication.StartAsync(s_errors);

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Billing is null)
            return;
        await Billing.DisposeAsync();
        s_errors.Verify();
    }
}
