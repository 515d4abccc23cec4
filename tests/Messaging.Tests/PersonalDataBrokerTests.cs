using PromptPlatform.Events;
using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.Messaging.Storage;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.Messaging.Tests;

/// <summary>A request to erase, its work and its receipt over a real broker.</summary>
public sealed class PersonalDataBrokerTests
{
    private const string Notes = "CREATE TABLE notes (org_id uuid NOT NULL, note_id uuid NOT NULL, actor text NOT NULL); GRANT SELECT, DELETE ON notes TO PUBLIC; CREATE TABLE tally (event_id uuid NOT NULL); GRANT SELECT, INSERT ON tally TO PUBLIC;";

    [Test]
    public async Task Erasure_OverTheBroker_IsDoneOnceAndAnsweredOnce()
    {
        var org = Guid.NewGuid();
        var stays = Guid.NewGuid();
        await using var broker = await RabbitServer.StartAsync();
        await using var asker = await BrokerService.WithAsync("asker", broker.ConnectionString, Notes, b => b.Services.AddEventConsumer<ReceiptTally, PersonalDataHandled>());
        await using var keeper = await BrokerService.WithAsync(
            "keeper", broker.ConnectionString, Notes + $"INSERT INTO notes VALUES ('{org}', gen_random_uuid(), 'ann'), ('{org}', gen_random_uuid(), 'ann'), ('{org}', '{stays}', 'bob')",
            b =>
            {
                b.AddPersonalData("keeper", _ => new PersonalDataTable("notes", [("note_id", "uuid")], "actor = $2"));
                b.Services.AddEventConsumer<FeedbackTally, FeedbackSubmitted>();
            });
        // A service starts before its bus does: without queues, what the asker sends first would find nobody.
        await asker.RunAsync("topology");
        await keeper.RunAsync("topology");
        await asker.StartAsync();
        await keeper.StartAsync();
        var request = new AccountErased(Guid.NewGuid(), DateTimeOffset.UnixEpoch, org, Guid.NewGuid(), "ann");
        // The same request in a second message, as after a publisher that died between sending and noting it.
        await asker.AnnounceAsync(request, request with { EventId = Guid.NewGuid() });

        await BecomesAsync(asker, "SELECT event_id FROM tally", [request.RequestId]);
        var late = BrokerService.Feedback(org) with { Actor = "ann" };
        var others = BrokerService.Feedback(org) with { Actor = "bob" };
        await asker.AnnounceAsync(late, others);

        await BecomesAsync(keeper, "SELECT event_id FROM tally", [others.EventId]);
        await BecomesAsync(keeper, "SELECT event_id FROM inbox WHERE consumer = 'FeedbackTally'", [late.EventId, others.EventId], org);
        Assert.That(await keeper.IdsAsync("SELECT event_id FROM tally"), Is.EqualTo(new[] { others.EventId }), "what came late was dropped");
        Assert.That(await keeper.IdsAsync("SELECT note_id FROM notes"), Is.EqualTo(new[] { stays }));
        Assert.That(await asker.EffectsAsync(), Has.Count.EqualTo(1));
    }

    private static async Task BecomesAsync(BrokerService service, string sql, Guid[] ids, Guid org = default)
    {
        string read = org == default ? sql : $"SELECT set_config('app.org_id', '{org}', false); {sql}";
        List<Guid> found = [];
        for (int i = 0; i < 300; i++)
        {
            found = await service.IdsAsync(read);
            if (found.ToHashSet().SetEquals(ids))
                return;
            await Task.Delay(100);
        }
        Assert.That(found, Is.EquivalentTo(ids));
    }

    private sealed class ReceiptTally : IEventConsumer<PersonalDataHandled>
    {
        public async Task ConsumeAsync(PersonalDataHandled happened, TenantTransaction transaction, CancellationToken cancellation)
        {
            await using var command = transaction.Command("INSERT INTO tally (event_id) VALUES ($1)", happened.RequestId);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private sealed class FeedbackTally : IEventConsumer<FeedbackSubmitted>
    {
        public async Task ConsumeAsync(FeedbackSubmitted happened, TenantTransaction transaction, CancellationToken cancellation)
        {
            await using var command = transaction.Command("INSERT INTO tally (event_id) VALUES ($1)", happened.EventId);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
