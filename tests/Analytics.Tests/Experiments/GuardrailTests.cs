using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Analytics.Experiments;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.Experiments;

public sealed class GuardrailTests
{
    private readonly Trial trial = new(AnalyticsFixture.Analytics, Guid.NewGuid());

    [Test]
    public async Task Arm_ThatIsCertainlyWorseThanAllowed_IsStoppedAndSaysWhy()
    {
        var experiment = await trial.RunAsync(Guarded("slow", "b", "c"));
        await ServeAsync(experiment, ("control", 100), ("b", 190), ("c", 120));

        await LookAsync();
        var stopped = await trial.GetAsync(experiment.Id);
        var results = await trial.ResultsAsync(experiment.Id);

        Assert.That(stopped.State, Is.EqualTo("running"));
        Assert.That(stopped.StoppedArms.Select(a => a.Arm), Is.EqualTo(new[] { "b" }));
        Assert.That(stopped.StoppedArms[0].Reason, Does.StartWith("latency_ms is worse than the control's by 9").And.EndsWith("the bound is 50"));
        Assert.That(results.Guardrails.Select(g => (g.Arm, g.Broken)), Is.EqualTo(new[] { ("b", true), ("c", false) }));
        Assert.That(results.Comparisons.Select(c => c.Verdict), Is.EqualTo(new[] { "stopped", "too_few_units" }));
        // The arms that go on are still of equal size; the stopped one does not count against them.
        Assert.That(results.SampleRatio.Broken, Is.False);
    }

    [Test]
    public async Task Experiment_WhoseLastArmIsStopped_Stops()
    {
        var experiment = await trial.RunAsync(Guarded("last", "b"));
        await ServeAsync(experiment, ("control", 100), ("b", 300));

        await LookAsync();
        await LookAsync();
        var stopped = await trial.GetAsync(experiment.Id);

        Assert.That((stopped.State, stopped.StopReason, stopped.Revision), Is.EqualTo(("stopped", "every arm beside the control was stopped by a guardrail", 3)));
        Assert.That((await trial.ResultsAsync(experiment.Id)).Decision.Action, Is.EqualTo("keep_control"));
    }

    [Test]
    public async Task Arm_WithinItsBound_GoesOn()
    {
        var experiment = await trial.RunAsync(Guarded("fine", "b"));
        await ServeAsync(experiment, ("control", 100), ("b", 145));

        await LookAsync();
        var running = await trial.GetAsync(experiment.Id);

        Assert.That((running.State, running.StoppedArms.Count, running.Revision), Is.EqualTo(("running", 0, 2)));
    }

    private static ExperimentDefinition Guarded(string key, params string[] arms)
    {
        double weight = 1.0 / (arms.Length + 1);
        var definition = Trial.Definition(key, share: 0.1);
        definition.Arms.Clear();
        definition.Arms.AddRange(new[] { "control" }.Concat(arms).Select(a => new ExperimentArm { Key = a, Weight = weight }));
        definition.Guardrails.Add(new ExperimentGuardrail { Metric = "latency_ms", MaxWorse = 50 });
        return definition;
    }

    // 110 units of each arm, whose times lie up to 20 ms around the arm's own.
    private Task ServeAsync(Experiment experiment, params (string Arm, double Ms)[] arms)
    {
        var dice = new Random(3);
        return trial.DeliverAsync([.. Enumerable.Range(0, 110).SelectMany(unit => arms.Select((arm, i) =>
            trial.Enhanced(experiment.Id, arm.Arm, (unit * 10) + i, totalMs: arm.Ms + dice.Next(-20, 21))))]);
    }

    private static Task<int> LookAsync() => AnalyticsFixture.Analytics.Services.GetRequiredService<WatchGuardrails>().RunAsync(CancellationToken.None).WithinAsync();
}
