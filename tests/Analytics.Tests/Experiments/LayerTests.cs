using Grpc.Core;
using PromptPlatform.Analytics.Experiments;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.Experiments;

public sealed class LayerTests
{
    [Test]
    public void Slots_WhileTheShareGrows_StayAndWhileItShrinksGoFromTheEnd()
    {
        int[] other = [100, 200];
        int[] tenth = LayerSlots.Resize([], [other], 1_000, start: 9_900)!;

        int[] half = LayerSlots.Resize(tenth, [other], 5_000, 9_900)!;
        int[] again = LayerSlots.Resize(half, [other], 1_000, 9_900)!;

        Assert.That(tenth, Is.EqualTo(new[] { 9_900, 10_000, 0, 100, 200, 1_000 }));
        Assert.That(half, Is.EqualTo(new[] { 9_900, 10_000, 0, 100, 200, 5_000 }));
        Assert.That(again, Is.EqualTo(tenth));
    }

    [Test]
    public void Slots_ThatBecameFreeMeanwhile_DoNotMoveThoseThatAreHeld()
    {
        int[] grown = LayerSlots.Resize([500, 600], [], 250, start: 0)!;

        Assert.That(grown, Is.EqualTo(new[] { 500, 600, 0, 150 }));
        Assert.That(LayerSlots.Resize(grown, [], 50, start: 0), Is.EqualTo(new[] { 500, 550 }));
    }

    [Test]
    public void Slots_ThatAreNotThere_AreNotGiven()
    {
        Assert.That(LayerSlots.Resize([], [[0, 9_000]], 1_001, 0), Is.Null);
        Assert.That(LayerSlots.Size(LayerSlots.Resize([], [[0, 9_000]], 1_000, 500)!), Is.EqualTo(1_000));
    }

    [Test]
    public async Task Experiments_StartedAtOnceInOneLayer_ShareItOut()
    {
        var trial = new Trial(AnalyticsFixture.Analytics, Guid.NewGuid());
        var drafts = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => trial.SaveAsync(Trial.Definition($"at-once-{i}", share: 0.2))));

        var starts = drafts.Select(async draft =>
        {
            try
            {
                return (await trial.StartAsync(draft.Id)).State;
            }
            catch (RpcException refused)
            {
                return refused.Status.Detail;
            }
        });
        var outcomes = await Task.WhenAll(starts);

        var slots = (await RunningAsync(trial)).SelectMany(e => Listed(e.Slots)).ToList();
        Assert.That(outcomes.Count(o => o == "running"), Is.EqualTo(5));
        Assert.That(outcomes.Where(o => o != "running"), Is.All.EqualTo("share: other experiments of the layer default leave 0 of its units; take a smaller share, stop another or use another layer"));
        Assert.That(slots, Is.Unique.And.Count.EqualTo(10_000));
    }

    [Test]
    public async Task Experiments_OfOtherLayers_DoNotTakeFromEachOther()
    {
        var trial = new Trial(AnalyticsFixture.Analytics, Guid.NewGuid());
        await trial.RunAsync(Trial.Definition("one", layer: "one"));

        var other = await trial.RunAsync(Trial.Definition("two", layer: "two"));

        Assert.That(other.State, Is.EqualTo("running"));
    }

    [Test]
    public async Task Stop_GivesTheSlotsBack()
    {
        var trial = new Trial(AnalyticsFixture.Analytics, Guid.NewGuid());
        var first = await trial.RunAsync(Trial.Definition("first"));
        await trial.StopAsync(first.Id);

        var second = await trial.RunAsync(Trial.Definition("second"));

        Assert.That((await RunningAsync(trial)).Select(e => e.Id), Is.EqualTo(new[] { second.Id }));
    }

    [Test]
    public async Task Running_IsTheSameVersionUntilSomethingChanges()
    {
        var trial = new Trial(AnalyticsFixture.Analytics, Guid.NewGuid());
        var experiment = await trial.RunAsync(Trial.Definition("versions", share: 0.1));
        var (version, _) = await AskAsync("");

        var (same, nothing) = await AskAsync(version);
        await trial.RampAsync(experiment.Id, 0.2);
        var (changed, all) = await AskAsync(version);

        Assert.That((same, nothing.Count), Is.EqualTo((version, 0)));
        Assert.That(changed, Is.Not.EqualTo(version));
        var told = all.Single(e => e.Id == experiment.Id);
        Assert.That((LayerSlots.Size(told.Slots), told.OrganizationId, told.Revision, told.Layer, told.Unit), Is.EqualTo((2_000, trial.OrgId.ToString("N"), 3, "default", "user")));
        Assert.That(told.Arms.Select(a => a.Key), Is.EqualTo(new[] { "control", "b" }));
        Assert.That(told.Arms[1].Overlay.Limits["standard"], Is.EqualTo(3));
    }

    private static async Task<List<RunningExperiment>> RunningAsync(Trial trial) => [.. (await AskAsync("")).Running.Where(e => e.OrganizationId == trial.OrgId.ToString("N"))];

    private static async Task<(string Version, List<RunningExperiment> Running)> AskAsync(string known)
    {
        var analytics = AnalyticsFixture.Analytics;
        using var call = analytics.Experiments.ListRunningExperiments(new() { KnownVersion = known }, analytics.ExperimentHeaders());
        var (version, running) = ("", new List<RunningExperiment>());
        while (await call.ResponseStream.MoveNext(CancellationToken.None).WithinAsync())
        {
            version = call.ResponseStream.Current.Version;
            running.AddRange(call.ResponseStream.Current.Experiments);
        }
        return (version, running);
    }

    private static IEnumerable<int> Listed(Google.Protobuf.Collections.RepeatedField<int> ranges) =>
        Enumerable.Range(0, ranges.Count / 2).SelectMany(i => Enumerable.Range(ranges[2 * i], ranges[(2 * i) + 1] - ranges[2 * i]));
}
