using PromptPlatform.TestKit;

namespace PromptPlatform.Inference.Tests.Registry;

/// <summary>A service with a registry for each test, which may log no error that the test did not announce.</summary>
public abstract class RegistryFixture
{
    private protected ErrorLogGuard errors = null!;
    private protected ModelApplication models = null!;

    [SetUp]
    public async Task StartAsync()
    {
        errors = new ErrorLogGuard();
        models = await ModelApplication.StartAsync(errors);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await models.DisposeAsync();
        errors.Verify();
    }
}
