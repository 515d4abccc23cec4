using Npgsql;

namespace PromptPlatform.ServiceDefaults.Idempotency;

/// <summary>What a use case has decided, before anything is written: think first, then touch the world.</summary>
/// <param name="Response">The answer.</param>
/// <param name="Subject">The row that the answer is about; erasing that row erases the stored answer. Null: none.</param>
/// <param name="Write">Adds the commands that make it so; they run in one transaction with the idempotency key and the outbox row.</param>
/// <param name="Rows">How many rows the commands must touch together; another count is a conflict with a concurrent write. Null: any.</param>
public sealed record Effect<TResponse>(TResponse Response, Guid? Subject, Action<NpgsqlBatch> Write, int? Rows = null);
