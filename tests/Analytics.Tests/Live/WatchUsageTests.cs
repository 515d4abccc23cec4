using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Analytics.Live;
using PromptPlatform.Analytics.Tests.Events;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.Live;

public sealed class WatchUsageTests
{
    private readonly ErrorLogGuard errors = new();
    private readonly Guid org = Guid.NewGuid();
    private AnalyticsApplication analytics = null!;

    [SetUp]
    public async Task StartAsync() => analytics = await AnalyticsApplication.StartAsync(errors);

    [TearDown]
    public async Task StopAsync()
    {
        await analytics.DisposeAsync();
        errors.Verify();
    }

    [Test]
    public async Task Stream_BeginsWithThePresentFigures_AndPushesTheirChanges()
    {
        await analytics.DeliverAsync(Happened.Enhanced(org, "2026-03-10T10:00:00Z", degraded: true));
        await analytics.DeliverAsync(Happened.Enhanced(org, "2026-03-09T10:00:00Z"));
        using var stream = await LiveStream.OpenAsync(analytics.Client(org));

        var first = LiveStream.Data(await stream.BlockAsync().WithinAsync());
        await analytics.DeliverAsync(Happened.Feedback(org, Guid.NewGuid(), "2026-03-10T11:00:00Z", "up"));
        var second = await stream.NextEventAsync(analytics.Clock);

        Assert.That(stream.Answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        Assert.That(first.GetRawText(), Is.EqualTo("""{"day":"2026-03-10","enhancements":1,"degraded":1,"tokensBefore":10,"tokensAfter":50,"meanTotalMs":4,"feedbackUp":0,"feedbackDown":0,"events":1}"""));
        Assert.That((second.GetProperty("feedbackUp").GetInt32(), second.GetProperty("events").GetInt32()), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task Stream_WithoutChanges_SaysEveryFifteenSecondsThatItIsThere()
    {
        using var stream = await LiveStream.OpenAsync(analytics.Client(org));
        await stream.BlockAsync().WithinAsync();
        var opened = analytics.Clock.GetUtcNow();

        string? next = await stream.NextAsync(analytics.Clock);

        Assert.That(next, Is.EqualTo(": nothing new"));
        Assert.That(analytics.Clock.GetUtcNow() - opened, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(15)));
    }

    [Test]
    public async Task Streams_OfOneOrganisation_AreBounded_AndAClosedOneMakesRoom()
    {
        var open = new List<LiveStream>();
        for (int i = 0; i < LiveUsage.MaxOfOrganization; i++)
            open.Add(await LiveStream.OpenAsync(analytics.Client(org)));

        using var refused = await analytics.Client(org).GetAsync("/v1/analytics/live").WithinAsync();
        using var other = await LiveStream.OpenAsync(analytics.Client(Guid.NewGuid()));
        await analytics.SendAsync(org, Sent.Event());
        foreach (var stream in open)
            await stream.BlockAsync().WithinAsync();
        var pushed = await LiveStream.NextEventsAsync(open, analytics.Clock);
        open[0].Dispose();
        var answer = await RoomAsync();

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(refused.Headers.RetryAfter, Is.Not.Null);
        Assert.That(other.Answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(pushed.Select(p => p.GetProperty("events").GetInt32()), Is.All.EqualTo(1));
        Assert.That(answer, Is.EqualTo(HttpStatusCode.OK));
        open.ForEach(s => s.Dispose());
    }

    [TestCase("key")]
    [TestCase("organization")]
    public async Task Stream_OfARevokedKeyOrOrganisation_Ends(string kind)
    {
        using var stream = await LiveStream.OpenAsync(analytics.Client(org));
        await stream.BlockAsync().WithinAsync();
        var revoked = analytics.Clock.GetUtcNow();

        analytics.Services.GetRequiredService<RevocationList>().Add(kind, (kind == "key" ? "key_" : "org_") + org.ToString("N"));

        // The token would end the stream after five minutes.
        Assert.That(await stream.NextAsync(analytics.Clock), Is.Null);
        Assert.That(analytics.Clock.GetUtcNow() - revoked, Is.LessThan(TimeSpan.FromMinutes(4)));
    }

    [Test]
    public async Task Stream_OfATokenThatEnds_EndsWithIt()
    {
        using var stream = await LiveStream.OpenAsync(analytics.Client(org));
        var begun = analytics.Clock.GetUtcNow();
        while (await stream.NextAsync(analytics.Clock) is not null)
            Assert.That(analytics.Clock.GetUtcNow() - begun, Is.LessThan(TimeSpan.FromMinutes(10)));

        Assert.That(analytics.Clock.GetUtcNow() - begun, Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task Stream_OfAServiceThatStops_Ends()
    {
        using var stream = await LiveStream.OpenAsync(analytics.Client(org));
        await stream.BlockAsync().WithinAsync();

        var stopped = analytics.DisposeAsync().AsTask();

        Assert.That(await stream.BlockAsync().WithinAsync(), Is.Null);
        await stopped.WithinAsync();
    }

    [Test]
    public async Task Stream_WithAnUnknownParameter_Is400()
    {
        var (status, json) = await analytics.RestAsync(org, "/v1/analytics/live?interval=1");

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(json.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/interval"));
    }

    // The service notes a reader's going a moment later.
    private async Task<HttpStatusCode> RoomAsync()
    {
        for (int attempt = 0; ; attempt++)
        {
            analytics.Clock.Advance(TimeSpan.FromSeconds(1));
            using var stream = await LiveStream.OpenAsync(analytics.Client(org));
            if (stream.Answer.StatusCode == HttpStatusCode.OK || attempt == 100)
                return stream.Answer.StatusCode;
            await Task.Delay(50);
        }
    }
}
