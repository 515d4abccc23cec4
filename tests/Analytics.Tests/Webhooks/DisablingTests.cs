using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Analytics.Webhooks;

namespace PromptPlatform.Analytics.Tests.Webhooks;

internal sealed class DisablingTests : WebhookTest
{
    [Test]
    public async Task Endpoint_ThatIsGone_IsDisabledAtOnceWithTheReason()
    {
        var (path, _) = await CreateAsync();
        Endpoint.AnswerWith(410);
        await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z"));

        await SendDueAsync();
        await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:01Z"));
        await SendDueAsync();

        var webhook = await WebhookAsync(path);
        Assert.That((webhook.GetProperty("status").GetString(), webhook.GetProperty("disabledReason").GetString()), Is.EqualTo(("disabled", "the endpoint answered 410 Gone")));
        Assert.That(Endpoint.Events, Has.Count.EqualTo(1));
        Assert.That((await DeliveriesAsync(path)).Single().GetProperty("status").GetString(), Is.EqualTo("failed"));
    }

    [Test]
    public async Task Endpoint_ThatFailsForThreeDays_IsDisabledWithTheReason()
    {
        var (path, _) = await CreateAsync();
        Endpoint.AnswerWith(500);

        for (int hour = 0; hour < 71; hour++)
            await FailForAnHourAsync();
        Assert.That((await WebhookAsync(path)).GetProperty("status").GetString(), Is.EqualTo("enabled"));
        for (int hour = 0; hour < 3; hour++)
            await FailForAnHourAsync();

        var webhook = await WebhookAsync(path);
        Assert.That(webhook.GetProperty("status").GetString(), Is.EqualTo("disabled"));
        Assert.That(webhook.GetProperty("disabledReason").GetString(), Does.Contain("attempts failed since 2026-03-").And.EndWith("the endpoint answered 500"));
    }

    [Test]
    public async Task Endpoint_ThatFailsSeldom_StaysEnabled()
    {
        var (path, _) = await CreateAsync();
        Endpoint.AnswerWith(500);
        await FailForAnHourAsync();
        Analytics.Clock.Advance(TimeSpan.FromDays(4));
        await SendDueAsync();

        Assert.That((await WebhookAsync(path)).GetProperty("status").GetString(), Is.EqualTo("enabled"));
    }

    [Test]
    public async Task Enabling_ForgetsTheFailuresAndSendsWhatWaited()
    {
        var (path, _) = await CreateAsync();
        await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z"));
        await PatchAsync(path, new { status = "disabled" });
        Assert.That(await SendDueAsync(), Is.Zero);

        var (_, json) = await PatchAsync(path, new { status = "enabled" });
        await SendDueAsync();

        Assert.That((json.GetProperty("status").GetString(), json.GetProperty("disabledReason").GetString()), Is.EqualTo(("enabled", "")));
        Assert.That(Endpoint.Events, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Test_OfADisabledWebhook_Is409AndSaysTheCure()
    {
        var (path, _) = await CreateAsync();
        await PatchAsync(path, new { status = "disabled" });

        var (status, json) = await PostAsync(path + ":test", new { });

        Assert.That(status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(json.GetProperty("detail").GetString(), Does.Contain("disabled by its owner").And.Contain("enable it first"));
    }

    [Test]
    public async Task Replay_SendsTheSameEventAgain()
    {
        var (path, _) = await CreateAsync();
        await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z"));
        await SendDueAsync();
        string id = (await DeliveriesAsync(path)).Single().GetProperty("id").GetString()!;

        var (status, replay) = await PostAsync($"{path}/deliveries/{id}:replay", new { });
        var (pending, _) = await PostAsync($"{path}/deliveries/{replay.GetProperty("id").GetString()}:replay", new { });
        await SendDueAsync();

        Assert.That((status, pending), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Conflict)));
        Assert.That(replay.GetProperty("replayOf").GetString(), Is.EqualTo(id));
        Assert.That(Endpoint.Events.Select(e => e.Body).ToList(), Has.Count.EqualTo(2).And.All.EqualTo(Endpoint.Events[0].Body));
        Assert.That(Endpoint.Events.Select(e => e.Delivery), Is.Unique);
    }

    [Test]
    public async Task Replay_OfADeliveryOfAnotherWebhook_IsNotFound()
    {
        var (path, _) = await CreateAsync();
        var (other, _) = await CreateAsync();
        await PostAsync(path + ":test", new { });
        await SendDueAsync();
        string id = (await DeliveriesAsync(path)).Single().GetProperty("id").GetString()!;

        var (status, _) = await PostAsync($"{other}/deliveries/{id}:replay", new { });

        Assert.That(status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Log_IsForgottenAfterThirtyDays()
    {
        var (path, _) = await CreateAsync();
        await PostAsync(path + ":test", new { });
        await SendDueAsync();
        var keep = Analytics.Services.GetRequiredService<KeepDeliveries>();

        Analytics.Clock.Advance(TimeSpan.FromDays(29));
        await keep.RunAsync(CancellationToken.None);
        Assert.That(await DeliveriesAsync(path), Has.Length.EqualTo(1));
        Analytics.Clock.Advance(TimeSpan.FromDays(2));
        await keep.RunAsync(CancellationToken.None);

        Assert.That(await DeliveriesAsync(path), Is.Empty);
    }

    private async Task FailForAnHourAsync()
    {
        await Analytics.DeliverAsync(Happened.Enhanced(Org, "2026-03-10T11:00:00Z"));
        await SendDueAsync();
        Analytics.Clock.Advance(TimeSpan.FromHours(1));
    }
}
