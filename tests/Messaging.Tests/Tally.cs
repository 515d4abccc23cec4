using System.Collections.Concurrent;
using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Messaging.Tests;

/// <summary>A consumer whose effect is a row of table tally, written in the transaction that it is given.</summary>
internal sealed class Tally(TallyFaults faults) : IEventConsumer<FeedbackSubmitted>
{
    public async Task ConsumeAsync(FeedbackSubmitted happened, TenantTransaction transaction, CancellationToken cancellation)
    {
        faults.Attempts.AddOrUpdate(happened.EventId, 1, (_, n) => n + 1);
        if (faults.Poison == happened.EventId)
            throw new InvalidOperationException("this event is poison");
        await using var command = transaction.Command("INSERT INTO tally (event_id) VALUES ($1)", happened.EventId);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>What goes wrong in <see cref="Tally"/>.</summary>
internal sealed class TallyFaults
{
    public Guid Poison { get; set; }

    public ConcurrentDictionary<Guid, int> Attempts { get; } = new();
}
