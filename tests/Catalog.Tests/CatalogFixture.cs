using PromptPlatform.TestKit;

namespace PromptPlatform.Catalog.Tests;

/// <summary>One running catalogue for all tests that only read it.</summary>
[SetUpFixture]
internal sealed class CatalogFixture
{
    private static readonly ErrorLogGuard s_errors = new();

    public static CatalogApplication Catalog { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => Catalog = await CatalogApplication.StartAsync(s_errors);

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Catalog is null)
            return;
        await Catalog.DisposeAsync();
        s_errors.Verify();
    }
}
