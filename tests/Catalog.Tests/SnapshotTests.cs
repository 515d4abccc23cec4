using Grpc.Core;
using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Catalog.Tests;

public sealed class SnapshotTests
{
    private ErrorLogGuard errors = null!;
    private CatalogApplication catalog = null!;

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
    public async Task Stream_BeginsWithTheWholeCatalogue()
    {
        using var call = catalog.Follow();

        var snapshot = await NextAsync(call);

        Assert.That(snapshot.Techniques, Has.Count.EqualTo(163));
        Assert.That(snapshot.Version, Is.Not.Empty);
    }

    [Test]
    public async Task Stream_PushesEveryChange()
    {
        using var call = catalog.Follow();
        var first = await NextAsync(call);

        await RetireAsync("few-shot");
        var second = await NextAsync(call);
        await RetireAsync("react");
        var third = await NextAsync(call);

        Assert.That(second.Techniques.Select(t => t.Id), Has.No.Member("few-shot").And.Member("react"));
        Assert.That(third.Techniques.Select(t => t.Id), Has.No.Member("react"));
        Assert.That(new[] { first.Version, second.Version, third.Version }, Is.Unique);
    }

    [Test]
    public async Task Stream_WhenTheVersionIsKnown_SendsOnlyWhatComesAfter()
    {
        using var first = catalog.Follow();
        var known = await NextAsync(first);
        using var call = catalog.Follow(known.Version);
        var next = NextAsync(call);

        await RetireAsync("few-shot");

        Assert.That((await next).Techniques, Has.Count.EqualTo(162));
    }

    [Test]
    public async Task Stream_WhenRowsAreWrittenWithTheSameContent_SendsNothing()
    {
        using var call = catalog.Follow();
        await NextAsync(call);
        await catalog.SqlAsync("SET app.platform = 'seed'; UPDATE techniques SET updated_at = now()");

        var next = NextAsync(call);
        await RetireAsync("few-shot");

        Assert.That((await next).Techniques, Has.Count.EqualTo(162));
    }

    [Test]
    public async Task Stream_WhenTheServiceStops_EndsAsComplete()
    {
        using var call = catalog.Follow();
        await NextAsync(call);
        var more = call.ResponseStream.MoveNext(CancellationToken.None);

        await catalog.Host.StopAsync();

        Assert.That(await more.WithinAsync(), Is.False);
        Assert.That(call.GetStatus().StatusCode, Is.EqualTo(StatusCode.OK));
    }

    [Test]
    public async Task Restart_GivesTheSameVersion()
    {
        using var call = catalog.Follow();
        string version = (await NextAsync(call)).Version;

        await using var again = await CatalogApplication.StartAsync(errors, catalog.Host.Database);
        using var secondCall = again.Follow();

        Assert.That((await NextAsync(secondCall)).Version, Is.EqualTo(version));
    }

    private static async Task<TechniqueSnapshot> NextAsync(AsyncServerStreamingCall<TechniqueSnapshot> call)
    {
        Assert.That(await call.ResponseStream.MoveNext(CancellationToken.None).WithinAsync(), Is.True);
        return call.ResponseStream.Current;
    }

    private Task<object?> RetireAsync(string id) => catalog.SqlAsync($"SET app.platform = 'seed'; UPDATE techniques SET retired_at = now() WHERE id = '{id}'");
}
