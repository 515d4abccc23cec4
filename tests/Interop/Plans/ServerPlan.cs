namespace PromptPlatform.Interop.Tests.Plans;

/// <summary>A server in words that every side understands.</summary>
public sealed record ServerPlan
{
    /// <summary>0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>Largest request in bytes; null: 4 MiB, the default of all.</summary>
    public int? MaxReceive { get; init; }

    /// <summary>Whether answers are compressed by gzip.</summary>
    public bool Compress { get; init; }

    /// <summary>Null: plain text.</summary>
    public Security? Security { get; init; }
}
