using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Analytics.Learning;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.Learning;

/// <summary>What all organisations know, and that none of them can be read out of it.</summary>
public sealed class CommonBeliefTests
{
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;

    [Test]
    public async Task OrganisationWithoutOutcomes_BelievesWhatAllKnow()
    {
        await OrganisationsAsync(count: 6, outcomes: 10, intent: "roleplay_chat", target: "llama");

        await LearnAsync();

        var found = (await analytics.EffectivenessAsync(Guid.NewGuid(), "?intent=roleplay_chat&target=llama")).Single();
        var common = found.GetProperty("common");
        var prior = TechniquePriors.Of("role-prompting");
        Assert.That((common.GetProperty("organizations").GetInt32(), common.GetProperty("outcomes").GetInt32(), found.Number("outcomes")), Is.EqualTo((6, 60, 0.0)));
        Assert.That(found.Number("mean"), Is.EqualTo((prior.Alpha + 48) / (prior.Weight + 60)).Within(1e-4));
        Assert.That((found.GetProperty("prior").GetProperty("source").GetString(), found.GetProperty("prior").Number("weight")), Is.EqualTo(("organizations", Shrinkage.Most)), "they do not differ");
    }

    [TestCase(4, 20, "too few organisations")]
    [TestCase(6, 8, "too few outcomes")]
    public async Task FewOrganisationsOrOutcomes_AreNotTold(int count, int outcomes, string why)
    {
        var intent = count == 4 ? "planning_advice" : "information_extraction";
        await OrganisationsAsync(count, outcomes, intent, "llama");

        await LearnAsync();

        Assert.That(await analytics.EffectivenessAsync(Guid.NewGuid(), $"?intent={intent}&target=llama"), Is.Empty, why);
    }

    [Test]
    public async Task OrganisationWithMoreThanAllOthers_IsNotTold()
    {
        await OrganisationsAsync(count: 5, outcomes: 4, "creative_writing", "llama");
        await OrganisationsAsync(count: 1, outcomes: 40, "creative_writing", "llama");

        await LearnAsync();

        Assert.That(await analytics.EffectivenessAsync(Guid.NewGuid(), "?intent=creative_writing&target=llama"), Is.Empty);
    }

    private async Task OrganisationsAsync(int count, int outcomes, string intent, string target)
    {
        foreach (var org in Enumerable.Range(0, count).Select(_ => Guid.NewGuid()))
            await analytics.DeliverAsync(Enumerable.Range(0, outcomes).SelectMany(i => Judged.Enhancement(org, $"2026-03-01T10:{i:00}:00Z", i % 5 == 0 ? "down" : "up", ["role-prompting"], intent, target)));
    }

    private Task LearnAsync() => analytics.Services.GetRequiredService<LearnFromAll>().RunAsync(CancellationToken.None).WithinAsync();
}
