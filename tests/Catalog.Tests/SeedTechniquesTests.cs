using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PromptPlatform.Catalog.Seeding;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.Catalog.Tests;

public sealed class SeedTechniquesTests
{
    private ErrorLogGuard errors = null!;
    private CatalogApplication catalog = null!;

    private TechniqueSeed Shipped => catalog.Host.Services.GetRequiredService<TechniqueSeed>();

    [SetUp]
    public async Task StartAsync()
    {
        errors = new ErrorLogGuard();
        catalog = await CatalogApplication.StartAsync(errors);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await catalog.DisposeAsync();
        errors.Verify();
    }

    [Test]
    public async Task Seed_Repeated_ChangesNothing()
    {
        long before = await ChangesAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SeedAsync(Shipped)));

        Assert.That(await ChangesAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Seed_OfANewRevision_WritesChangesAndRetiresWhatIsGone()
    {
        var techniques = Shipped.Techniques.Where(t => t.Id != "few-shot").Select(t => t.Id == "react" ? t with { Name = "ReAct, revised" } : t);

        await SeedAsync(new TechniqueSeed(2, "other", [.. techniques]));

        Assert.That((await catalog.GetAsync("react")).Name, Is.EqualTo("ReAct, revised"));
        Assert.That(await catalog.SearchAsync("few-shot"), Has.No.Member("few-shot"));
    }

    [Test]
    public async Task Seed_ThatWasRetired_ComesBack()
    {
        await SeedAsync(new TechniqueSeed(2, "without", [.. Shipped.Techniques.Where(t => t.Id != "few-shot")]));

        await SeedAsync(Shipped with { Revision = 3 });

        Assert.That(await catalog.SearchAsync("few-shot"), Has.Member("few-shot"));
    }

    [Test]
    public async Task Seed_OfAnOlderRevision_LeavesTheNewerRows()
    {
        await SeedAsync(new TechniqueSeed(2, "newer", [.. Shipped.Techniques.Where(t => t.Id != "few-shot")]));

        await SeedAsync(Shipped);

        Assert.That(await catalog.SearchAsync("few-shot"), Has.No.Member("few-shot"));
    }

    private Task SeedAsync(TechniqueSeed seed) =>
        new SeedTechniques(seed, catalog.Host.Services.GetRequiredService<TenantDatabase>(), TimeProvider.System, NullLogger<SeedTechniques>.Instance)
            .HandleAsync(CancellationToken.None).WithinAsync();

    private async Task<long> ChangesAsync() => (long)(await catalog.SqlAsync("SELECT count FROM catalog_changes"))!;
}
