using System.Net;
using System.Text.Json;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Enhancement.Tests.Service;

/// <summary>Experiments from the snapshot to the answer. Each test has an organisation of its own; the snapshot is everybody's, so they do not run at once.</summary>
[NonParallelizable]
public sealed class ExperimentTests
{
    private const string Prompt = "write a function that merges two sorted lists in python";
    private static readonly string s_id = "exp_" + Guid.NewGuid().ToString("N");
    private static int s_version;
    private readonly EnhancementApplication service = ServiceFixture.Service;

    [TearDown]
    public void Clear() => Announce();

    [Test]
    public async Task Enhancement_UnderAnArm_FollowsItsOverlayAndSaysSo()
    {
        var org = Guid.NewGuid();
        var http = service.Client(org);
        var before = await http.EnhanceAsync(new { prompt = Prompt });

        Announce(Experiment(org, treatment: 1));
        var reply = await UntilAsync(http, r => r.Json.TryGetProperty("experiment", out _));
        var stored = await http.ReadAsync("/v1/enhancements/" + reply["id"]);

        Assert.That((reply.Json.GetProperty("experiment").GetProperty("id").GetString(), reply.Json.GetProperty("experiment").GetProperty("arm").GetString()), Is.EqualTo((s_id, "b")));
        Assert.That(before.Text, Does.Contain("output-format-prose").And.Not.Contain("\"experiment\""));
        Assert.That(reply.Json.GetProperty("applied").ToString(), Does.Not.Contain("output-format-prose"));
        Assert.That(reply["policyVersion"], Is.Not.EqualTo(before["policyVersion"]));
        Assert.That(stored.Json.GetProperty("experiment").GetProperty("arm").GetString(), Is.EqualTo("b"));
        Assert.That(await NewsAsync(reply["id"]), Does.Contain(s_id).And.Contain("\"b\""));
    }

    [Test]
    public async Task Enhancement_UnderTheControl_IsThatOfThePolicyAsItStands()
    {
        var org = Guid.NewGuid();
        var http = service.Client(org);
        var before = await http.EnhanceAsync(new { prompt = Prompt });

        Announce(Experiment(org, treatment: 0));
        var reply = await UntilAsync(http, r => r.Json.TryGetProperty("experiment", out _));

        Assert.That(reply.Json.GetProperty("experiment").GetProperty("arm").GetString(), Is.EqualTo("control"));
        Assert.That((reply["enhanced"], reply["policyVersion"]), Is.EqualTo((before["enhanced"], before["policyVersion"])));
    }

    [Test]
    public async Task Arm_IsLaidOverTheOverlayOfTheOrganisation()
    {
        var org = Guid.NewGuid();
        var http = service.Client(org);
        await http.PutAsync("/v1/policy/overlay", new { off = new[] { "success-criteria" } });

        Announce(Experiment(org, treatment: 1));
        var reply = await UntilAsync(http, r => r.Json.TryGetProperty("experiment", out _));

        Assert.That(reply.Json.GetProperty("applied").ToString(), Does.Not.Contain("output-format-prose").And.Not.Contain("success-criteria"));
    }

    [Test]
    public async Task Arm_ThatSaysMoreThanTheEvidenceAllows_IsHeldBack()
    {
        var org = Guid.NewGuid();
        var experiment = Experiment(org, treatment: 1);
        experiment.Arms[1].Overlay.Rules.Add(new Contracts.Enhancement.V1.OwnRule { Id = "own-harm", Technique = "no-such-technique", Sentences = { "code.tests" }, Weight = 0.99, Reason = "Because." });
        experiment.Arms[1].Overlay.Weights["no-such-rule"] = 1;

        Announce(experiment);
        var reply = await UntilAsync(service.Client(org), r => r.Json.TryGetProperty("experiment", out _));

        Assert.That(reply.Text, Does.Not.Contain("own-harm").And.Not.Contain("Add short tests"));
        Assert.That(reply.Json.GetProperty("applied").ToString(), Does.Not.Contain("output-format-prose"), "the sound part counts");
    }

    [Test]
    public async Task Enhancement_ThatIsNotEligible_IsNoErrorAndFallsUnderNone()
    {
        var org = Guid.NewGuid();
        var experiment = Experiment(org, treatment: 1);
        experiment.Eligibility = new() { Intents = { "explanation" } };
        // Other tests change what the model answers.
        service.Fleet.Inference = text => Task.FromResult(FakeFleet.Answer(text == Prompt ? "code_generation" : "explanation"));

        Announce(experiment);
        var http = service.Client(org);
        var eligible = await UntilAsync(http, r => r.Json.TryGetProperty("experiment", out _), "explain how a heat pump works");
        var other = await http.EnhanceAsync(new { prompt = Prompt });

        Assert.That(eligible.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((other.Status, other.Json.TryGetProperty("experiment", out _)), Is.EqualTo((HttpStatusCode.OK, false)));
    }

    [Test]
    public async Task Snapshot_WhileAnalyticsIsAway_StaysInForce()
    {
        var org = Guid.NewGuid();
        var http = service.Client(org);
        Announce(Experiment(org, treatment: 1));
        await UntilAsync(http, r => r.Json.TryGetProperty("experiment", out _));

        service.Fleet.Experiments = null;
        await Task.Delay(200);
        var away = await http.EnhanceAsync(new { prompt = Prompt });

        Assert.That((away.Json.TryGetProperty("experiment", out _), away.Json.GetProperty("degraded").GetBoolean()), Is.EqualTo((true, false)));
        Announce();
        await UntilAsync(http, r => !r.Json.TryGetProperty("experiment", out _));
    }

    [Test]
    public async Task Experiments_OfTwoLayers_BothAct()
    {
        var org = Guid.NewGuid();
        var second = Experiment(org, treatment: 1, "exp_" + Guid.NewGuid().ToString("N"), "wording");
        second.Arms[1].Overlay = new() { Off = { "success-criteria" } };

        Announce(Experiment(org, treatment: 1), second);
        var reply = await UntilAsync(service.Client(org), r => r.Json.TryGetProperty("otherExperiments", out var others) && others.GetArrayLength() > 0);

        Assert.That(reply.Json.GetProperty("experiment").GetProperty("id").GetString(), Is.EqualTo(s_id));
        Assert.That(reply.Json.GetProperty("otherExperiments")[0].GetProperty("id").GetString(), Is.EqualTo(second.Id));
        Assert.That(reply.Json.GetProperty("applied").ToString(), Does.Not.Contain("output-format-prose").And.Not.Contain("success-criteria"));
        Assert.That(await NewsAsync(reply["id"]), Does.Contain(s_id).And.Contain(second.Id));
    }

    [Test]
    public async Task EndUser_IsReadFromTheMetadata()
    {
        var org = Guid.NewGuid();
        var experiment = Experiment(org, treatment: 1);
        experiment.Unit = "end_user";
        var http = service.Client(org);

        Announce(experiment, Experiment(org, treatment: 1, "exp_" + Guid.NewGuid().ToString("N"), "other"));
        var nobody = await UntilAsync(http, r => r.Json.TryGetProperty("experiment", out _));
        var somebody = await http.EnhanceAsync(new { prompt = Prompt, metadata = new { user = "user-17" } });

        Assert.That(nobody.Text, Does.Not.Contain(s_id));
        Assert.That(somebody.Json.GetProperty("experiment").GetProperty("id").GetString(), Is.EqualTo(s_id));
        Assert.That(await NewsAsync(somebody["id"]), Does.Contain(s_id).And.Not.Contain("user-17"));
    }

    [Test]
    public async Task Definition_IsHandedToAnalyticsWithItsOrganisation()
    {
        var org = Guid.NewGuid();
        SaveExperimentRequest? saved = null;
        service.Fleet.Save = request =>
        {
            saved = request;
            return new() { Id = s_id, Revision = 3, State = "draft", Definition = request.Definition };
        };

        var reply = await service.Client(org).PostAsync("/v1/experiments", """{"key":"short","share":0.1,"arms":[{"key":"control","weight":0.5},{"key":"b","weight":0.5,"overlay":{"limits":{"standard":3}}}]}""");
        var replaced = await service.Client(org).PutAsync("/v1/experiments/" + s_id, new { key = "shorter" }, "\"2\"");

        Assert.That((reply.Status, reply["id"]), Is.EqualTo((HttpStatusCode.OK, s_id)), reply.Text);
        Assert.That(saved!.OrganizationId, Is.EqualTo(org.ToString("N")));
        Assert.That((saved.Definition.Id, saved.Definition.Key, saved.IfMatch.Single()), Is.EqualTo((s_id, "shorter", "\"2\"")));
        Assert.That(replaced.Message.Headers.ETag!.Tag, Is.EqualTo("\"3\""));
    }

    [TestCase("""{"arms":[{"key":"control"},{"key":"b","overlay":{"off":["no-such"]}}]}""", "/arms/1/overlay/off/0")]
    [TestCase("""{"arms":[{"key":"control"},{"key":"b","overlay":{"weights":{"code-edge":2}}}]}""", "/arms/1/overlay/weights/code-edge")]
    [TestCase("""{"arms":[{"key":"control"},{"key":"b","overlay":{"limits":{"'; DROP TABLE":1}}}]}""", "/arms/1/overlay/limits/'; DROP TABLE")]
    [TestCase("""{"eligibility":{"intents":["explanation","dancing"]}}""", "/eligibility/intents/1")]
    [TestCase("""{"eligibility":{"families":["gtp"]}}""", "/eligibility/families/0")]
    [TestCase("""{"id":"exp_1"}""", "/id")]
    [TestCase("""{"arms":{}}""", "/arms")]
    [TestCase("""{"armz":[]}""", "/armz")]
    public async Task Definition_ThatIsWrong_IsRefusedHereAndItsFieldNamed(string json, string field)
    {
        bool asked = false;
        service.Fleet.Save = _ =>
        {
            asked = true;
            return new();
        };

        var reply = await service.Client().PostAsync("/v1/experiments", json);

        Assert.That((reply.Status, reply.Pointer, asked), Is.EqualTo((HttpStatusCode.BadRequest, field, false)), reply.Text);
    }

    [Test]
    public async Task Definition_NeedsTheScope() =>
        Assert.That((await service.Client(scopes: "enhance policy:write").PostAsync("/v1/experiments", "{}")).Status, Is.EqualTo(HttpStatusCode.Forbidden));

    private void Announce(params RunningExperiment[] running) => service.Fleet.Experiments = new($"{Interlocked.Increment(ref s_version)}", running);

    // Everybody falls into one arm.
    private static RunningExperiment Experiment(Guid org, int treatment, string? id = null, string layer = "default") => new()
    {
        Id = id ?? s_id,
        OrganizationId = org.ToString("N"),
        Revision = 2,
        Layer = layer,
        Unit = "user",
        Slots = { 0, 10_000 },
        Arms = { new ExperimentArm { Key = "control", Weight = 1 - treatment }, new ExperimentArm { Key = "b", Weight = treatment, Overlay = new() { Off = { "output-format-prose" } } } },
    };

    private static async Task<Reply> UntilAsync(HttpClient http, Func<Reply, bool> holds, string prompt = Prompt)
    {
        for (int attempt = 0; attempt < 200; attempt++)
        {
            var reply = await http.EnhanceAsync(new { prompt });
            if (holds(reply))
                return reply;
            await Task.Delay(25);
        }
        throw new AssertionException("the snapshot did not come into force");
    }

    private async Task<string> NewsAsync(string enhancementId) =>
        (string)(await service.ScalarAsync($"SELECT payload::text FROM outbox WHERE payload::text LIKE '%{Guid.Parse(enhancementId["enh_".Length..])}%'"))!;
}
