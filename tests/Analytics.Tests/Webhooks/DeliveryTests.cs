using System.Net;
using System.Text.Json;
using PromptPlatform.Analytics.Webhooks;

namespace PromptPlatform.Analytics.Tests.Webhooks;

internal sealed class DeliveryTests : WebhookTest
{
    [Test]
    public async Task Event_IsSentSignedAndWithoutText()
    {
        var (path, secret) = await CreateAsync();
        var happened = Happened.Enhanced(Org, "2026-03-10T11:00:00Z");

        await Analytics.DeliverAsync(happened);
        await SendDueAsync();

        var got = Endpoint.Events.Single();
        var body = JsonElement.Parse(got.Body);
        Assert.That(got.Signature, Is.EqualTo(WebhookSignature.Write([secret], Analytics.Clock.GetUtcNow(), got.Body)));
        Assert.That(body.GetProperty("id").GetString(), Is.EqualTo($"evt_{happened.EventId:N}"));
        Assert.That(body.GetProperty("type").GetString(), Is.EqualTo("prompt_enhanced"));
        Assert.That(body.GetProperty("organizationId").GetString(), Is.EqualTo($"org_{Org:N}"));
        Assert.That(body.GetProperty("data").GetProperty("enhancementId").GetString(), Is.EqualTo($"enh_{happened.EnhancementId:N}"));
        Assert.That((await DeliveriesAsync(path)).Single().GetProperty("status").GetString(), Is.EqualTo("delivered"));
    }

    [Test]
    public async Task Event_ThatComesTwice_IsSentOnce()
    {
        await CreateAsync();
        var happened = Happened.Feedback(Org, Guid.NewGuid(), "2026-03-10T11:00:00Z", "up");

        await Analytics.DeliverAsync(happened);
        await Analytics.DeliverAsync(happened);
        await SendDueAsync();

        Assert.That(Endpoint.Events, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Event_OfAnotherTypeOrOrganisation_IsNotSent()
    {
        await CreateAsync(null, "feedback_submitted");

        await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z"));
        await Analytics.DeliverAsync(Happened.Feedback(Guid.NewGuid(), Guid.NewGuid(), "2026-03-10T11:00:00Z", "up"));
        await SendDueAsync();

        Assert.That(Endpoint.Events, Is.Empty);
    }

    [Test]
    public async Task Failure_IsTriedAgainByTheScheduleWithTheSameBody()
    {
        var (path, _) = await CreateAsync();
        Endpoint.AnswerWith(500, "broken\u0007here");
        await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z"));

        await SendDueAsync();
        Assert.That(await SendDueAsync(), Is.Zero, "not before its time");
        Analytics.Clock.Advance(TimeSpan.FromSeconds(13));
        Endpoint.AnswerWith(200);
        Assert.That(await SendDueAsync(), Is.EqualTo(1));

        var delivery = (await DeliveriesAsync(path)).Single();
        Assert.That((delivery.GetProperty("status").GetString(), delivery.GetProperty("attempts").GetInt32()), Is.EqualTo(("delivered", 2)));
        Assert.That(Endpoint.Events.Select(e => (e.Body, e.Delivery)).Distinct().Count(), Is.EqualTo(1));
        Assert.That(Endpoint.Events.Select(e => e.Signature).Distinct().Count(), Is.EqualTo(2), "the time is signed");
        Assert.That((await WebhookAsync(path)).GetProperty("consecutiveFailures").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task Failure_IsToldInTheLogWithTheStartOfTheAnswer()
    {
        var (path, _) = await CreateAsync();
        Endpoint.AnswerWith(503, "no\u0007room " + new string('x', 10_000));
        await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z"));

        await SendDueAsync();

        var delivery = (await DeliveriesAsync(path)).Single();
        Assert.That(delivery.GetProperty("status").GetString(), Is.EqualTo("pending"));
        Assert.That(delivery.GetProperty("responseStatus").GetInt32(), Is.EqualTo(503));
        Assert.That(delivery.GetProperty("responseStart").GetString(), Does.StartWith("no room xxx").And.Length.EqualTo(200));
        Assert.That(delivery.GetProperty("error").GetString(), Is.EqualTo("the endpoint answered 503"));
    }

    [Test]
    public async Task Failure_AfterTheLastAttempt_IsFinal()
    {
        var (path, _) = await CreateAsync();
        Endpoint.AnswerWith(500);
        await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z"));

        for (int hour = 0; hour < 40; hour++)
        {
            await SendDueAsync();
            Analytics.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.That(Endpoint.Events, Has.Count.EqualTo(RetrySchedule.MaxAttempts));
        Assert.That((await DeliveriesAsync(path)).Single().GetProperty("status").GetString(), Is.EqualTo("failed"));
    }

    [Test]
    public async Task RetryAfter_IsHonoured()
    {
        await CreateAsync();
        Endpoint.AnswerWith(429, "", ("Retry-After", "120"));
        await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z"));

        await SendDueAsync();
        Analytics.Clock.Advance(TimeSpan.FromSeconds(119));
        Assert.That(await SendDueAsync(), Is.Zero);
        Analytics.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await SendDueAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Redirect_IsNotFollowed()
    {
        var (path, _) = await CreateAsync();
        await using var elsewhere = await Receiver.StartAsync();
        Endpoint.AnswerWith(307, "", ("Location", elsewhere.Url));
        await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z"));

        await SendDueAsync();

        Assert.That(elsewhere.Events, Is.Empty);
        Assert.That((await DeliveriesAsync(path)).Single().GetProperty("error").GetString(), Does.Contain("redirects are not followed"));
    }

    [Test]
    public async Task Claim_OfASenderThatDied_EndsAndTheEventIsSent()
    {
        await CreateAsync();
        await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z"));
        var deliver = (DeliverEvents)Analytics.Services.GetService(typeof(DeliverEvents))!;
        Assert.That(await deliver.ClaimAsync(10, CancellationToken.None), Has.Count.EqualTo(1));

        Assert.That(await SendDueAsync(), Is.Zero, "it is another's");
        Analytics.Clock.Advance(TimeSpan.FromMinutes(1));
        await SendDueAsync();

        Assert.That(Endpoint.Events, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Claims_OfOneWebhook_AreNoMoreThanItsSendings()
    {
        await CreateAsync();
        for (int i = 0; i < 10; i++)
            await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z"));
        var deliver = (DeliverEvents)Analytics.Services.GetService(typeof(DeliverEvents))!;

        var first = await deliver.ClaimAsync(100, CancellationToken.None);
        var second = await deliver.ClaimAsync(100, CancellationToken.None);
        await Task.WhenAll(first.Select(c => deliver.SendAsync(c, CancellationToken.None)));

        Assert.That((first.Count, second.Count), Is.EqualTo((4, 0)));
        Assert.That(await SendDueAsync(), Is.EqualTo(6));
    }
}
