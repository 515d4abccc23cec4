using System.Net;
using Grpc.Core;

namespace PromptPlatform.Enhancement.Tests.Service;

public sealed class EnhanceTests
{
    private const string Prompt = "write a function that merges two sorted lists in python";

    [TearDown]
    public void RestoreInference() => ServiceFixture.Service.Fleet.Inference = text => Task.FromResult(FakeFleet.Answer("code_generation"));

    [Test]
    public async Task Enhance_AnswersWithReasonsAndProof()
    {
        var reply = await ServiceFixture.Service.Client().EnhanceAsync(new { prompt = Prompt, target = new { family = "gpt" }, variations = 2, metadata = new { ticket = "42" } });

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), reply.Text);
        Assert.That(reply["id"], Does.StartWith("enh_"));
        Assert.That(reply["original"], Is.EqualTo(Prompt));
        Assert.That(reply["enhanced"], Does.Contain(Prompt));
        Assert.That(reply.Json.GetProperty("analysis").GetProperty("intent").GetString(), Is.EqualTo("code_generation"));
        Assert.That(reply.Json.GetProperty("invariants").EnumerateObject().Select(i => i.Value.GetString()), Has.All.AnyOf("kept", "none"));
        Assert.That(reply.Json.GetProperty("degraded").GetBoolean(), Is.False);
        Assert.That(reply.Json.GetProperty("usage").GetProperty("units").GetInt32(), Is.EqualTo(1));
        Assert.That(reply.Json.GetProperty("metadata").GetProperty("ticket").GetString(), Is.EqualTo("42"));
        Assert.That(reply.Message.Headers.GetValues("Server-Timing").Single(), Does.Contain("classify;dur=").And.Contain("store;dur="));
    }

    [Test]
    public async Task Enhance_ForAModelWithAPrice_SaysWhatThePromptCosts()
    {
        var priced = (await ServiceFixture.Service.Client().EnhanceAsync(new { prompt = Prompt, target = new { model = "gpt-4o" } })).Json.GetProperty("usage");
        var unknown = (await ServiceFixture.Service.Client().EnhanceAsync(new { prompt = Prompt })).Json.GetProperty("usage").GetProperty("cost");

        Assert.That(priced.GetProperty("cost").GetProperty("after").GetDouble(), Is.EqualTo(priced.GetProperty("tokensAfter").GetInt32() * 2.5e-6).Within(1e-12));
        Assert.That(unknown.GetProperty("reason").GetString(), Does.Contain("target.model"));
        Assert.That(unknown.TryGetProperty("before", out _), Is.False);
    }

    [Test]
    public async Task Enhance_DiffGivesBothTexts()
    {
        var reply = await ServiceFixture.Service.Client().EnhanceAsync(new { prompt = Prompt, style = "detailed" });
        var parts = reply.Json.GetProperty("diff").EnumerateArray().Select(d => (Op: d.GetProperty("op").GetString(), Text: d.GetProperty("text").GetString())).ToArray();

        Assert.That(string.Concat(parts.Where(p => p.Op != "insert").Select(p => p.Text)), Is.EqualTo(reply["original"]));
        Assert.That(string.Concat(parts.Where(p => p.Op != "delete").Select(p => p.Text)), Is.EqualTo(reply["enhanced"]));
    }

    [Test]
    public async Task Enhance_LintEdit_CanBeAppliedToTheOriginal()
    {
        var reply = await ServiceFixture.Service.Client().EnhanceAsync(new { prompt = "Write a function that merges the the lists in python!!" });
        var edits = reply.Json.GetProperty("analysis").GetProperty("lint").EnumerateArray().Where(f => f.TryGetProperty("edit", out _)).Select(f => f.GetProperty("edit"));
        var mended = edits.Reverse().Aggregate(reply["original"]!, (text, e) => text.Remove(e.GetProperty("start").GetInt32(), e.GetProperty("end").GetInt32() - e.GetProperty("start").GetInt32())
            .Insert(e.GetProperty("start").GetInt32(), e.GetProperty("replacement").GetString()!));

        Assert.That(mended, Is.EqualTo("Write a function that merges the lists in python!"));
    }

    [Test]
    public async Task Enhance_WhenInferenceIsFull_AnswersDegraded()
    {
        ServiceFixture.Service.Fleet.Inference = _ => throw new RpcException(new Status(StatusCode.ResourceExhausted, "full"));

        var reply = await ServiceFixture.Service.Client().EnhanceAsync(new { prompt = Prompt });

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), reply.Text);
        Assert.That(reply.Json.GetProperty("degraded").GetBoolean(), Is.True);
        Assert.That(reply["modelVersion"], Is.Empty);
    }

    [Test]
    public async Task Enhance_WhenNeitherModelNorRulesAreSure_SaysThatItAbstained()
    {
        ServiceFixture.Service.Fleet.Inference = _ => Task.FromResult(FakeFleet.Answer("translation", 0.2f));

        var reply = await ServiceFixture.Service.Client().EnhanceAsync(new { prompt = "Seven purple lanterns under a bridge." });

        Assert.That(reply.Json.GetProperty("analysis").GetProperty("abstained").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Enhance_WhenOnlyTheRulesAreSure_TakesTheirWord()
    {
        ServiceFixture.Service.Fleet.Inference = _ => Task.FromResult(FakeFleet.Answer("explanation", 0.2f));

        var reply = await ServiceFixture.Service.Client().EnhanceAsync(new { prompt = "Translate this sentence into German: The sea is calm today." });

        Assert.That(reply.Json.GetProperty("analysis").GetProperty("intent").GetString(), Is.EqualTo("translation"));
        Assert.That(reply.Json.GetProperty("degraded").GetBoolean(), Is.False);
    }

    [TestCase("Vergleiche Python und Java für Anfänger", "code_generation", "reasoning_analysis")]
    [TestCase("Compara PostgreSQL y MySQL para una tienda online", "code_generation", "reasoning_analysis")]
    [TestCase("write sql for top 5 products", "professional_writing", "code_generation")]
    [TestCase("write code that compares two lists in python", "code_generation", "code_generation")]
    public async Task Enhance_WhenTheWordsSpeakAgainstASureModel_TakesTheWords(string prompt, string model, string intent)
    {
        ServiceFixture.Service.Fleet.Inference = _ => Task.FromResult(FakeFleet.Answer(model, 0.95f));

        var reply = await ServiceFixture.Service.Client().EnhanceAsync(new { prompt });

        Assert.That(reply.Json.GetProperty("analysis").GetProperty("intent").GetString(), Is.EqualTo(intent));
    }

    [Test]
    public async Task Enhance_WithMessages_EnhancesTheLastUserMessageOnly()
    {
        object[] messages = [new { role = "system", content = "Be brief." }, new { role = "user", content = "Hello" }, new { role = "assistant", content = "Hi." }, new { role = "user", content = Prompt }];

        var reply = await ServiceFixture.Service.Client().EnhanceAsync(new { messages });
        var answered = reply.Json.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("content").GetString()).ToArray();

        Assert.That(reply["original"], Is.EqualTo(Prompt));
        Assert.That(answered, Is.EqualTo(new[] { "Be brief.", "Hello", "Hi.", reply["enhanced"] }));
    }

    [Test]
    public async Task Enhance_WhenTheSystemMessageSettlesTheForm_AddsNoOther()
    {
        object[] Messages(string system) => [new { role = "system", content = system }, new { role = "user", content = "Explain how tides work." }];
        ServiceFixture.Service.Fleet.Inference = _ => Task.FromResult(FakeFleet.Answer("explanation"));

        var open = await ServiceFixture.Service.Client().EnhanceAsync(new { messages = Messages("Be kind.") });
        var settled = await ServiceFixture.Service.Client().EnhanceAsync(new { messages = Messages("Answer as a numbered list in at most 80 words. Your readers are children aged ten.") });

        Assert.That(Techniques(open), Does.Contain("output-format-prose"), open.Text);
        Assert.That(Techniques(settled), Does.Not.Contain("output-format-prose").And.Not.Contain("audience-persona"));
        Assert.That(settled.Json.GetProperty("messages")[0].GetProperty("content").GetString(), Does.StartWith("Answer as a numbered list"));
    }

    private static string?[] Techniques(Reply reply) => [.. reply.Json.GetProperty("applied").EnumerateArray().Select(a => a.GetProperty("techniqueId").GetString())];

    [Test]
    public async Task Enhance_WithoutExplanation_LeavesOutReasonsDiffAndLint()
    {
        var reply = await ServiceFixture.Service.Client().EnhanceAsync(new { prompt = Prompt, explain = false });

        Assert.That(reply.Json.GetProperty("notApplied").GetArrayLength(), Is.Zero);
        Assert.That(reply.Json.GetProperty("diff").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Analyze_WithAttributions_SaysWhichWordsTheModelReadTheIntentFrom()
    {
        var reply = await ServiceFixture.Service.Client().PostAsync("/v1/analyze", """{"prompt":"Write a function that adds two numbers.","attributions":true}""");
        var words = reply.Json.GetProperty("attributions").EnumerateArray().ToArray();

        Assert.That(words, Has.Length.EqualTo(1), reply.Text);
        Assert.That((words[0].GetProperty("start").GetInt32(), words[0].GetProperty("end").GetInt32(), words[0].GetProperty("weight").GetDouble()), Is.EqualTo((0, 5, 0.25)));
        Assert.That(reply["attributedIntent"], Is.EqualTo("code_generation"));
    }

    [Test]
    public async Task Analyze_WithAttributionsWhileInferenceIsAway_IsDegradedAndHasNone()
    {
        ServiceFixture.Service.Fleet.Inference = _ => throw new RpcException(new Status(StatusCode.Unavailable, ""));

        var reply = await ServiceFixture.Service.Client().PostAsync("/v1/analyze", """{"prompt":"Write a function that adds two numbers.","attributions":true}""");

        Assert.That(reply.Json.GetProperty("degraded").GetBoolean(), reply.Text);
        Assert.That(reply.Json.GetProperty("attributions").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Analyze_WithoutAttributions_AsksForNone()
    {
        var reply = await ServiceFixture.Service.Client().PostAsync("/v1/analyze", """{"prompt":"Write a function that adds two numbers."}""");

        Assert.That(reply.Json.GetProperty("attributions").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Analyze_StoresNothing()
    {
        var http = ServiceFixture.Service.Client();

        var reply = await http.PostAsync("/v1/analyze", $$"""{"prompt":"{{Prompt}}"}""");
        var history = await http.ReadAsync("/v1/enhancements");

        Assert.That(reply.Json.GetProperty("analysis").GetProperty("intent").GetString(), Is.EqualTo("code_generation"));
        Assert.That(reply.Json.GetProperty("scores").GetProperty("before").GetInt32(), Is.InRange(0, 100));
        Assert.That(history.Json.GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Batch_GivesEveryItemItsResultOrProblem()
    {
        var http = ServiceFixture.Service.Client();

        var reply = await http.PostAsync("/v1/enhance:batch", """{"items":[{"prompt":"Explain rain."},{"prompt":""},{"prompt":"Explain snow.","style":"loud"},{"prompt":"Explain hail."}]}""");
        var results = reply.Json.GetProperty("results").EnumerateArray().ToArray();

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), reply.Text);
        Assert.That(results.Select(r => r.TryGetProperty("result", out _)), Is.EqualTo(new[] { true, false, false, true }));
        Assert.That(results[1].GetProperty("problem").GetProperty("status").GetInt32(), Is.EqualTo(400));
        Assert.That(results[2].GetProperty("problem").GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/style"));
        Assert.That((await http.ReadAsync("/v1/enhancements")).Json.GetProperty("data").GetArrayLength(), Is.EqualTo(2));
    }
}
