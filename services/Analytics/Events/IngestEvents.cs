using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Events;

/// <summary>Takes events of a product: the good ones of a batch are kept in one transaction, the others come back with their faults.</summary>
internal sealed class IngestEvents(TenantDatabase database, ErasedSubjects erased, TimeProvider clock)
{
    private const string Accepted = "accepted";
    private const string Duplicate = "duplicate";
    private const string Refused = "refused";
    private const string Erased = "is of somebody whose data were erased; send nothing of them";
    private const string Taken = "is the id of another event; give each event an id of its own, and the same one only when you repeat it unchanged";

    public async Task<IngestEventsResponse> HandleAsync(IngestEventsRequest request, Guid orgId, CancellationToken cancellation)
    {
        if (request.Events.Count is 0 or > EventRules.MaxEvents)
            throw RequestException.Invalid("events", $"holds {request.Events.Count} events; send 1 to {EventRules.MaxEvents}");
        var now = clock.GetUtcNow();
        var skew = request.SentAt is null ? TimeSpan.Zero
            : now - (EventRules.TimeOf(request.SentAt) ?? throw RequestException.Invalid("sentAt", "is no time; send your clock, such as 2026-01-31T12:00:00Z"));
        var readings = await WithoutErasedAsync(orgId, [.. request.Events.Select((e, i) => EventReading.Of(e, $"events/{i}", now, skew))], cancellation);
        var first = new Dictionary<Guid, ProductEvent>();
        foreach (var reading in readings)
        {
            if (reading.Event is { } good)
                first.TryAdd(good.Id, good);
        }
        var seen = await KeepAsync(orgId, [.. first.Values], now, cancellation);
        var response = new IngestEventsResponse();
        for (int i = 0; i < readings.Count; i++)
            response.Results.Add(Result(request.Events[i].Id, $"events/{i}/id", readings[i], first, seen));
        response.Accepted = response.Results.Count(r => r.Status == Accepted);
        response.Duplicates = response.Results.Count(r => r.Status == Duplicate);
        response.Refused = response.Results.Count(r => r.Status == Refused);
        return response;
    }

    /// <summary>Refuses events of actors whose data were erased.</summary>
    private async Task<IReadOnlyList<EventReading>> WithoutErasedAsync(Guid orgId, IReadOnlyList<EventReading> readings, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var gone = await erased.AmongAsync(transaction, readings.Select(r => r.Event?.Actor ?? ""), cancellation);
        return gone.Count == 0 ? readings
            : [.. readings.Select((r, i) => r.Event?.Actor is { } actor && gone.Contains(actor) ? new EventReading(null, [new FieldError($"events/{i}/actor", Erased)]) : r)];
    }

    /// <summary>Keeps what is new; the others by id with the fingerprint of the event that was here before.</summary>
    private async Task<IReadOnlyDictionary<Guid, long>> KeepAsync(Guid orgId, IReadOnlyList<ProductEvent> events, DateTimeOffset now, CancellationToken cancellation)
    {
        if (events.Count == 0)
            return new Dictionary<Guid, long>();
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var fresh = await EventRows.AddAsync(transaction, events, now, cancellation);
        var old = events.Select(e => e.Id).Where(id => !fresh.Contains(id)).ToArray();
        var seen = old.Length == 0 ? new Dictionary<Guid, long>() : await EventRows.SeenAsync(transaction, old, cancellation);
        await transaction.CommitAsync(cancellation);
        return seen;
    }

    private static EventResult Result(string id, string pointer, EventReading reading, Dictionary<Guid, ProductEvent> first, IReadOnlyDictionary<Guid, long> seen)
    {
        if (reading.Event is not { } good)
            return Refuse(id, reading.Faults);
        var kept = first[good.Id];
        if (good.Fingerprint != seen.GetValueOrDefault(good.Id, kept.Fingerprint))
            return Refuse(id, [new FieldError(pointer, Taken)]);
        return new EventResult { Id = id, Status = ReferenceEquals(kept, good) && !seen.ContainsKey(good.Id) ? Accepted : Duplicate };
    }

    private static EventResult Refuse(string id, IReadOnlyList<FieldError> faults)
    {
        var result = new EventResult { Id = id.Length <= EventRules.MaxActor ? id : "", Status = Refused };
        result.Errors.AddRange(faults.Select(f => new EventFault { Pointer = f.JsonPointer, Detail = f.Problem }));
        return result;
    }
}
