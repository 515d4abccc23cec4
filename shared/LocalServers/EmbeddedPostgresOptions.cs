namespace PromptPlatform.LocalServers;

/// <summary>Where and how an embedded PostgreSQL runs.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>Folder of this server alone: data, and the superuser's password (mode 0600).</summary>
    public required string Folder { get; init; }

    /// <summary>True (default): a commit is on disk before it is acknowledged. False only for tests, whose data nobody misses.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Its port; 0 (default): a free one, another at each start.</summary>
    public int Port { get; init; }

    /// <summary>Open connections at most. Default 200.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>Time to be ready, crash recovery included. Default 60 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Further settings in the form <c>name=value</c>, such as <c>max_wal_senders=0</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Receives every line that the server logs. It carries no statement texts and no row contents.</summary>
    public Action<string>? OnLog { get; init; }
}
