using Grpc.Core;
using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Tests.Experiments;

public sealed class ExperimentLifeTests
{
    private readonly Trial trial = new(AnalyticsFixture.Analytics, Guid.NewGuid());

    [Test]
    public async Task Experiment_GoesFromDraftToRunningToStopped()
    {
        var draft = await trial.SaveAsync(Trial.Definition("life", share: 0.1));
        var running = await trial.StartAsync(draft.Id);
        var ramped = await trial.RampAsync(draft.Id, 0.5);
        var stopped = await trial.StopAsync(draft.Id, "decided");

        Assert.That(new[] { draft.State, running.State, ramped.State, stopped.State }, Is.EqualTo(new[] { "draft", "running", "running", "stopped" }));
        Assert.That(new[] { draft.Revision, running.Revision, ramped.Revision, stopped.Revision }, Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That((ramped.Definition.Share, stopped.StopReason, stopped.StoppedAt, stopped.CreatedBy), Is.EqualTo((0.5, "decided", running.StartedAt, "key_1")));
        Assert.That((draft.Definition.Layer, draft.Definition.Unit), Is.EqualTo(("default", "user")));
        Assert.That(await trial.GetAsync(draft.Id), Is.EqualTo(stopped));
    }

    [Test]
    public async Task Draft_IsReplacedAndDeleted()
    {
        var draft = await trial.SaveAsync(Trial.Definition("replaced"));
        var changed = Trial.Definition("replaced", share: 0.25);
        changed.Id = draft.Id;

        var replaced = await trial.SaveAsync(changed, "\"1\"");
        var stale = Assert.ThrowsAsync<RpcException>(() => trial.SaveAsync(changed, "\"1\""));
        await trial.DeleteAsync(draft.Id);

        Assert.That((replaced.Revision, replaced.Definition.Share), Is.EqualTo((2, 0.25)));
        Assert.That(stale!.StatusCode, Is.EqualTo(StatusCode.FailedPrecondition).Or.EqualTo(StatusCode.Aborted));
        Assert.That(Assert.ThrowsAsync<RpcException>(() => trial.GetAsync(draft.Id))!.StatusCode, Is.EqualTo(StatusCode.NotFound));
    }

    [Test]
    public async Task Experiment_InTheWrongState_SaysSo()
    {
        var draft = await trial.SaveAsync(Trial.Definition("states", share: 0.01, layer: "states"));
        var changed = new ExperimentDefinition(Trial.Definition("states")) { Id = draft.Id };

        Assert.That(DetailOf(() => trial.RampAsync(draft.Id, 0.5)), Is.EqualTo("the experiment is draft: it can be ramped only while it runs"));
        Assert.That(DetailOf(() => trial.StopAsync(draft.Id)), Does.Contain("can be stopped only while it runs"));
        await trial.StartAsync(draft.Id);
        Assert.That(DetailOf(() => trial.StartAsync(draft.Id)), Does.Contain("can be started only once"));
        Assert.That(DetailOf(() => trial.SaveAsync(changed)), Does.Contain("can be changed only as a draft"));
        Assert.That(DetailOf(() => trial.DeleteAsync(draft.Id)), Does.Contain("only a draft can be deleted"));
    }

    [Test]
    public async Task Draft_SentAgain_IsTheSameOne()
    {
        var first = await trial.SaveAsync(Trial.Definition("again"));

        var second = await trial.SaveAsync(Trial.Definition("again"));
        string other = DetailOf(() => trial.SaveAsync(Trial.Definition("again", share: 0.5)));

        Assert.That(second, Is.EqualTo(first));
        Assert.That(other, Does.StartWith("key: another experiment of your organisation has the key again"));
    }

    [Test]
    public async Task Experiments_OfAnotherOrganisation_AreNotThere()
    {
        var id = (await trial.SaveAsync(Trial.Definition("secret"))).Id;
        var stranger = new Trial(AnalyticsFixture.Analytics, Guid.NewGuid());

        Func<Task>[] attempts = [() => stranger.GetAsync(id), () => stranger.StartAsync(id), () => stranger.RampAsync(id, 1), () => stranger.StopAsync(id), () => stranger.DeleteAsync(id), () => stranger.ResultsAsync(id), () => stranger.SaveAsync(new(Trial.Definition()) { Id = id })];

        Assert.That(attempts.Select(a => Assert.ThrowsAsync<RpcException>(() => a())!.StatusCode), Is.All.EqualTo(StatusCode.NotFound));
        Assert.That((await stranger.ListAsync()).Data, Is.Empty);
        Assert.That((await trial.GetAsync(id)).State, Is.EqualTo("draft"));
        // A key is free in another organisation.
        Assert.That((await stranger.SaveAsync(Trial.Definition("secret"))).Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task List_GoesPageByPageNewestFirst()
    {
        var own = new Trial(AnalyticsFixture.Analytics, Guid.NewGuid());
        foreach (string key in new[] { "a", "b", "c" })
        {
            await own.SaveAsync(Trial.Definition(key));
            AnalyticsFixture.Analytics.Clock.Advance(TimeSpan.FromMilliseconds(2));
        }

        var first = await own.ListAsync(limit: 2);
        var second = await own.ListAsync(limit: 2, first.NextCursor);

        Assert.That(first.Data.Concat(second.Data).Select(e => e.Definition.Key), Is.EqualTo(new[] { "c", "b", "a" }));
        Assert.That((first.HasMore, second.HasMore), Is.EqualTo((true, false)));
        Assert.That((await own.ListAsync(state: "running")).Data, Is.Empty);
        Assert.That(DetailOf(() => own.ListAsync(state: "odd")), Does.StartWith("state: is not one of draft, running, stopped"));
    }

    private static string DetailOf(Func<Task> attempt) => Assert.ThrowsAsync<RpcException>(() => attempt())!.Status.Detail;
}
