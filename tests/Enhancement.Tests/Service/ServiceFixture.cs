using PromptPlatform.TestKit;

namespace PromptPlatform.Enhancement.Tests.Service;

/// <summary>One running service for all tests of this namespace.</summary>
[SetUpFixture]
internal sealed class ServiceFixture
{
    public static ErrorLogGuard Errors { get; } = new();

    public static EnhancementApplication Service { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => Service = await EnhancementApplication.StartAsync(Errors);

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Service is null)
            return;
        await Service.DisposeAsync();
        Errors.Verify();
    }
}
