namespace PromptPlatform.Auth.Storage;

/// <summary>Times as the database keeps them: whole microseconds, so that an answer and what is read later are the same.</summary>
internal static class StoredTime
{
    public static DateTimeOffset GetStoredNow(this TimeProvider clock) => clock.GetUtcNow().ToStored();

    public static DateTimeOffset ToStored(this DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), time.Offset);
}
