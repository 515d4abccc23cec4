using System.Globalization;
using System.Net;
using PromptPlatform.Events;

namespace PromptPlatform.Billing.Tests;

public sealed class MeteringTests
{
    private readonly BillingApplication billing = BillingFixture.Billing;

    [Test]
    public async Task Units_AreSummedPerUtcDayOfTheMonth()
    {
        var org = Guid.NewGuid();
        foreach (string at in new[] { "2026-02-28T23:59:59Z", "2026-03-01T00:00:00Z", "2026-03-31T23:59:59Z", "2026-03-31T20:00:00-04:00", "2026-03-31T12:00:00Z" })
            await billing.DeliverAsync(Enhanced(org, at));

        var march = await billing.UsageAsync(org, "2026-03");

        Assert.That(march.Units, Is.EqualTo(3));
        Assert.That(march.Days.Select(d => (d.Day, d.Units)), Is.EqualTo(new[] { ("2026-03-01", 1), ("2026-03-31", 2) }));
    }

    [Test]
    public async Task Enhancement_DeliveredManyTimesAtOnce_IsMeteredOnce()
    {
        var org = Guid.NewGuid();
        var events = Enumerable.Range(0, 20).Select(_ => Enhanced(org, "2026-03-01T10:00:00Z")).ToList();

        await Task.WhenAll(events.SelectMany(e => Enumerable.Repeat(e, 4)).Select(billing.DeliverAsync));

        Assert.That((await billing.UsageAsync(org)).Units, Is.EqualTo(20));
    }

    [Test]
    public async Task Units_OfAnotherOrganisation_AreNotSeen()
    {
        await billing.DeliverAsync(Enhanced(Guid.NewGuid(), "2026-03-01T10:00:00Z"));

        Assert.That((await billing.UsageAsync(Guid.NewGuid())).Units, Is.Zero);
    }

    [Test]
    public async Task GetUsage_WithoutAMonth_IsOfTheCurrentOne()
    {
        var (status, json) = await billing.RestAsync(Guid.NewGuid(), "/v1/billing/usage");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(json.GetProperty("month").GetString(), Is.EqualTo("2026-03"));
    }

    [TestCase("2026-13")]
    [TestCase("2026-3")]
    [TestCase("1999-12")]
    [TestCase("9999-12")]
    [TestCase("2026-03-01")]
    [TestCase("march")]
    public async Task GetUsage_OfAWrongMonth_Is400(string month)
    {
        var (status, json) = await billing.RestAsync(Guid.NewGuid(), "/v1/billing/usage?month=" + month);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(json.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/month"));
    }

    private static PromptEnhanced Enhanced(Guid orgId, string at) => new(
        Guid.NewGuid(), DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), orgId, Guid.NewGuid(), "translation", "general", "simple", "en", "gpt",
        ["few-shot"], 10, 50, 40, 80, 1, 3.5, false);
}
