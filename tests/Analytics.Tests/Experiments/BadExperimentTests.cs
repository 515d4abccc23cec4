using Grpc.Core;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Analytics.Tests.Experiments;

public sealed class BadExperimentTests
{
    private readonly Trial trial = new(AnalyticsFixture.Analytics, Guid.NewGuid());

    private static IEnumerable<TestCaseData> Bad()
    {
        yield return Case("a key that looks like SQL", d => d.Key = "x'; DROP TABLE experiments; --", "key");
        yield return Case("a key of two lines", d => d.Key = "a\n", "key");
        yield return Case("no key", d => d.Key = "", "key");
        yield return Case("a long layer", d => d.Layer = new string('a', 65), "layer");
        yield return Case("an unknown unit", d => d.Unit = "session", "unit");
        yield return Case("no share", d => d.Share = 0, "share");
        yield return Case("a share above all", d => d.Share = 1.01, "share");
        yield return Case("a share that is no number", d => d.Share = double.NaN, "share");
        yield return Case("one arm", d => d.Arms.RemoveAt(1), "arms");
        yield return Case("10,000 arms", d => d.Arms.AddRange(Enumerable.Range(0, 10_000).Select(i => new ExperimentArm { Key = $"a{i}", Weight = 1e-4 })), "arms");
        yield return Case("weights that do not add up", d => d.Arms[1].Weight = 0.4, "arms");
        yield return Case("a negative weight", d => (d.Arms[0].Weight, d.Arms[1].Weight) = (1.5, -0.5), "arms/0/weight", "arms/1/weight");
        yield return Case("a weight that is no number", d => d.Arms[1].Weight = double.NaN, "arms/1/weight", "arms");
        yield return Case("two arms of a name", d => d.Arms[1].Key = "control", "arms/1/key");
        yield return Case("an overlay on the control", d => d.Arms[0].Overlay = new() { Off = { "success-criteria" } }, "arms/0/overlay");
        yield return Case("an unknown metric", d => d.Goal.Metric = "happiness", "goal/metric");
        yield return Case("no goal", d => d.Goal = null, "goal/metric", "goal/minimumEffect");
        yield return Case("no effect", d => d.Goal.MinimumEffect = 0, "goal/minimumEffect");
        yield return Case("an effect beyond a share", d => d.Goal.MinimumEffect = 1.5, "goal/minimumEffect");
        yield return Case("a guardrail without a bound", d => d.Guardrails.Add(new ExperimentGuardrail { Metric = "latency_ms" }), "guardrails/0/maxWorse");
        yield return Case("a guardrail of nothing", d => d.Guardrails.Add(new ExperimentGuardrail { Metric = "nothing", MaxWorse = 1 }), "guardrails/0/metric");
        yield return Case("a guardrail twice", d => d.Guardrails.AddRange(Enumerable.Repeat(new ExperimentGuardrail { Metric = "failed", MaxWorse = 0.1 }, 2)), "guardrails");
        yield return Case("many names", d => d.Eligibility = new() { Intents = { Enumerable.Repeat("explanation", 33) } }, "eligibility/intents");
    }

    [TestCaseSource(nameof(Bad))]
    public void Definition_ThatIsWrong_IsRefusedAndItsFieldsNamed(ExperimentDefinition bad, string[] fields)
    {
        var error = Assert.ThrowsAsync<RpcException>(() => trial.SaveAsync(bad))!.ToRequestException();

        Assert.That(error.Fault, Is.EqualTo(RequestFault.Invalid));
        Assert.That(error.Errors.Select(e => e.Field), Is.EqualTo(fields));
        Assert.That(error.Errors.Select(e => e.Problem.Length), Is.All.InRange(10, 250));
    }

    [Test]
    public void Definition_ThatIsTooLong_IsRefused()
    {
        var error = Assert.ThrowsAsync<RpcException>(() => trial.SaveAsync(new(Trial.Definition()) { Hypothesis = new string('x', 1_001) }))!.ToRequestException();

        Assert.That((error.Fault, error.Errors.Single().Field), Is.EqualTo((RequestFault.TooLarge, "hypothesis")));
    }

    [Test]
    public void Id_ThatIsNone_IsNotFound([Values("exp_1", "1' OR '1'='1", "")] string id) =>
        Assert.That(Assert.ThrowsAsync<RpcException>(() => trial.GetAsync(id))!.StatusCode, Is.EqualTo(StatusCode.NotFound));

    [TestCase("metric=happiness&minimumEffect=0.1", "/metric")]
    [TestCase("metric=rating_up&minimumEffect=0.1", "/baseline")]
    [TestCase("metric=rating_up&baseline=0.95&minimumEffect=0.1", "/baseline")]
    [TestCase("metric=rating_up&baseline=0.5", "/minimumEffect")]
    [TestCase("metric=latency_ms&minimumEffect=5", "/deviation")]
    [TestCase("metric=rating_up&baseline=0.5&minimumEffect=0.1&power=1", "/power")]
    [TestCase("metric=rating_up&baseline=0.5&minimumEffect=0.1&arms=10000", "/arms")]
    public async Task Plan_OfWrongNumbers_NamesTheField(string query, string field)
    {
        var (status, problem) = await AnalyticsFixture.Analytics.RestAsync(trial.OrgId, "/v1/experiments:power?" + query, "experiments:read");

        Assert.That((int)status, Is.EqualTo(400));
        Assert.That(problem.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo(field));
    }

    [Test]
    public async Task Plan_SaysUnitsAndDays()
    {
        var (status, plan) = await AnalyticsFixture.Analytics.RestAsync(trial.OrgId, "/v1/experiments:power?metric=rating_up&baseline=0.5&minimumEffect=0.1&unitsPerDay=100", "experiments:read");

        Assert.That((int)status, Is.EqualTo(200));
        Assert.That(plan.GetProperty("unitsPerArmOnce").GetDouble(), Is.EqualTo(388));
        double units = plan.GetProperty("unitsPerArm").GetDouble();
        Assert.That(units, Is.InRange(1.8 * 388, 2.1 * 388));
        Assert.That(plan.GetProperty("days").GetDouble(), Is.EqualTo(Math.Ceiling(2 * units / 100)));
    }

    [TestCase("analytics:read", 403)]
    [TestCase("experiments:read", 200)]
    public async Task List_NeedsTheScope(string scopes, int status) =>
        Assert.That((int)(await AnalyticsFixture.Analytics.RestAsync(trial.OrgId, "/v1/experiments", scopes)).Status, Is.EqualTo(status));

    private static TestCaseData Case(string name, Action<ExperimentDefinition> spoil, params string[] fields)
    {
        var definition = Trial.Definition();
        spoil(definition);
        return new TestCaseData(definition, fields).SetArgDisplayNames(name);
    }
}
