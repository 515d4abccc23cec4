using System.Net;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Enhancement.Learning;
using PromptPlatform.TestKit;

namespace PromptPlatform.Enhancement.Tests.Service;

/// <summary>How what an organisation has learned reaches its prompts, and what happens when Analytics is away.</summary>
public sealed class LearningFeedTests
{
    private static readonly object s_prompt = new { prompt = "Write a blog post about urban gardening", maxTechniques = 2 };

    private EnhancementApplication _service = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _service = await EnhancementApplication.StartAsync(ServiceFixture.Errors, clock: new TestClock(TimeProvider.System.GetUtcNow()));
        _service.Fleet.Inference = _ => Task.FromResult(FakeFleet.Answer("professional_writing"));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _service.DisposeAsync();

    [TearDown]
    public void RestoreAnalytics() => _service.Fleet.Learning = known => new() { OrganizationId = known.OrganizationId };

    [Test]
    public async Task Enhance_WithPersonalisationOff_SaysNothingOfLearning()
    {
        var http = _service.Client();
        var before = await http.EnhanceAsync(s_prompt);
        await RefreshAsync();

        var after = await http.EnhanceAsync(s_prompt);

        Assert.That(before.Status, Is.EqualTo(HttpStatusCode.OK), before.Text);
        Assert.That((after["enhanced"], after["applied"]), Is.EqualTo((before["enhanced"], before["applied"])));
        Assert.That(after.Text, Does.Not.Contain("learn").IgnoreCase);
    }

    [TestCase("style-constraints")]
    [TestCase("length-budget")]
    public async Task Enhance_WithPersonalisationOn_TakesWhatTheOrganisationLearned_WithTheNumbers(string best)
    {
        _service.Fleet.Learning = known => Snapshot(known, best);
        var http = _service.Client();
        await http.EnhanceAsync(s_prompt);
        await RefreshAsync();
        int asked = _service.Fleet.AskedToLearn;

        var replies = new List<Reply>();
        for (int i = 0; i < 5; i++)
            replies.Add(await http.EnhanceAsync(s_prompt));

        Assert.That(replies.Select(r => r["enhanced"]).Distinct().Count(), Is.EqualTo(1), "one snapshot, one answer");
        Assert.That(replies[0]["learningVersion"], Is.EqualTo("of " + best));
        Assert.That(replies[0].Json.GetProperty("applied").EnumerateArray().Single(a => a.GetProperty("techniqueId").GetString() == best).GetProperty("reason").GetString(),
            Does.Contain("Learned: 95 % success expected (95 % interval 92 % to 97 %), from 300 outcomes of your organisation and a prior of 60 % worth 40 outcomes from all organisations."));
        Assert.That(_service.Fleet.AskedToLearn, Is.EqualTo(asked), "nobody asks per request");
    }

    [Test]
    public async Task Enhance_WhenAnalyticsIsAway_KeepsTheLastSnapshot_AndWhereThereIsNoneThePolicyDecides()
    {
        _service.Fleet.Learning = known => Snapshot(known, "length-budget");
        var (known, unknown) = (_service.Client(), _service.Client());
        await known.EnhanceAsync(s_prompt);
        await RefreshAsync();
        var learned = await known.EnhanceAsync(s_prompt);
        _service.Fleet.Learning = _ => throw new RpcException(new Status(StatusCode.Unavailable, "away"));

        await unknown.EnhanceAsync(s_prompt);
        Assert.ThrowsAsync<RpcException>(RefreshAsync);

        Assert.That((await known.EnhanceAsync(s_prompt))["enhanced"], Is.EqualTo(learned["enhanced"]));
        var alone = await unknown.EnhanceAsync(s_prompt);
        Assert.That((alone.Status, alone.Json.TryGetProperty("learningVersion", out _), alone["degraded"]), Is.EqualTo((HttpStatusCode.OK, false, "False")));
    }

    [Test]
    public async Task Enhance_AfterPersonalisationIsSwitchedOff_IsAsBefore()
    {
        var http = _service.Client();
        string before = (await http.EnhanceAsync(s_prompt))["enhanced"];
        _service.Fleet.Learning = known => Snapshot(known, "length-budget");
        await RefreshAsync();
        string on = (await http.EnhanceAsync(s_prompt))["enhanced"];
        RestoreAnalytics();
        await RefreshAsync();

        string off = (await http.EnhanceAsync(s_prompt))["enhanced"];

        Assert.That((off, off == on), Is.EqualTo((before, false)));
    }

    private Task RefreshAsync() => _service.Host.Services.GetRequiredService<LearningFeed>().RefreshAsync(CancellationToken.None).WithinAsync();

    private static OrganizationSnapshot Snapshot(KnownSnapshot known, string best)
    {
        var snapshot = new OrganizationSnapshot { OrganizationId = known.OrganizationId, Personalization = true, Version = "of " + best };
        foreach (string technique in new[] { "style-constraints", "length-budget", "audience-persona", "outline-first", "output-format-prose" })
            snapshot.Shares.Add(technique == best
                ? new SnapshotShare { Technique = technique, Intent = "professional_writing", Target = "generic", Alpha = 323, Beta = 17, Lower = 0.92, Upper = 0.97, Outcomes = 300, PriorMean = 0.6, PriorWeight = 40, PriorOfAll = true }
                : new SnapshotShare { Technique = technique, Alpha = 170, Beta = 170, Lower = 0.45, Upper = 0.55, Outcomes = 300, PriorMean = 0.5, PriorWeight = 40 });
        return snapshot;
    }
}
