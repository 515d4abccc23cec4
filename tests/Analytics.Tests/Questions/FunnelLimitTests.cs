using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Analytics.Funnels;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Analytics.Tests.Events;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.Questions;

/// <summary>How many events a funnel may read; three signups, two payments and another event of one person, and four signups of nobody.</summary>
public sealed class FunnelLimitTests
{
    private static readonly DateTimeOffset s_from = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly AnalyticsApplication analytics = AnalyticsFixture.Analytics;
    private readonly Guid org = Guid.NewGuid();

    [OneTimeSetUp]
    public Task SendAsync() => analytics.SendAsync(
        org,
        [
            .. Enumerable.Range(0, 3).Select(_ => Sent.Event("signup")), .. Enumerable.Range(0, 2).Select(_ => Sent.Event("pay")), Sent.Event("other"),
            .. Enumerable.Range(0, 4).Select(_ => Sent.Event("signup", actor: "")),
        ]);

    [TestCase("", 5, false)]
    [TestCase("", 4, true)]
    [TestCase("strict", 6, false)]
    [TestCase("strict", 5, true)]
    [TestCase("strict", 10, false, Description = "as many as all counts")]
    public async Task Events_AreMoreThanTheLimit_OnlyWithThoseOfPeople(string order, int limit, bool more)
    {
        Assert.That(await AreMoreAsync(order, limit, s_from.AddDays(30)), Is.EqualTo(more));
    }

    [Test]
    public async Task Events_OfOtherDays_DoNotCount()
    {
        Assert.That(await AreMoreAsync("", 0, s_from.AddDays(9)), Is.False);
    }

    private async Task<bool> AreMoreAsync(string order, int limit, DateTimeOffset to)
    {
        await using var transaction = await analytics.Services.GetRequiredService<TenantDatabase>().BeginAsync(org, CancellationToken.None);
        var funnel = FunnelQuestion.Of(new GetFunnelRequest { Steps = { "signup", "pay" }, Order = order });
        return await FunnelRows.AreMoreThanAsync(transaction, funnel, s_from, to, limit, CancellationToken.None).WithinAsync();
    }
}
