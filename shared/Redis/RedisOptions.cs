using System.Globalization;

namespace PromptPlatform.Redis;

/// <summary>Where Redis is and how long it may take.</summary>
public sealed record RedisOptions
{
    private const int UsualPort = 6379;

    /// <summary>Name or address of the server.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; } = UsualPort;

    /// <summary>User; null: the default one.</summary>
    public string? User { get; init; }

    /// <summary>Password; null: none is asked for.</summary>
    public string? Password { get; init; }

    /// <summary>Whether the connection is TLS.</summary>
    public bool Tls { get; init; }

    /// <summary>The name that the certificate must have; null: <see cref="Host"/>.</summary>
    public string? TlsHost { get; init; }

    /// <summary>Number of the database.</summary>
    public int Database { get; init; }

    /// <summary>Time for one command, its way included.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Time to connect, TLS and log in.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Commands that may wait for a reply; more are refused at once.</summary>
    public int MaxPending { get; init; } = 1024;

    /// <summary>Reads <c>host:port,password=…,ssl=true</c>, the form of StackExchange.Redis and .NET Aspire.</summary>
    /// <exception cref="FormatException">It is malformed or holds an option that is not known here; the message holds no secret.</exception>
    public static RedisOptions Parse(string connectionString)
    {
        string[] parts = connectionString.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0 || parts[0].Contains('=', StringComparison.Ordinal))
            throw new FormatException("names no server: begin with host:port");
        int colon = parts[0].LastIndexOf(':');
        var options = new RedisOptions
        {
            Host = colon < 0 ? parts[0] : parts[0][..colon].Trim('[', ']'),
            Port = colon < 0 ? UsualPort : Number(parts[0][(colon + 1)..], "the port"),
        };
        return parts.Skip(1).Aggregate(options, With);
    }

    private static RedisOptions With(RedisOptions options, string part)
    {
        int equals = part.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? part : part[..equals];
        string value = equals < 0 ? "" : part[(equals + 1)..];
        return name.ToUpperInvariant() switch
        {
            "USER" => options with { User = value },
            "PASSWORD" => options with { Password = value },
            "SSL" => options with { Tls = bool.TryParse(value, out bool tls) ? tls : throw new FormatException("ssl must be true or false") },
            "SSLHOST" => options with { TlsHost = value },
            "DEFAULTDATABASE" => options with { Database = Number(value, "defaultDatabase") },
            // What it asks for is what this client does anyway.
            "ABORTCONNECT" => options,
            // The part itself might be a piece of a password.
            _ => throw new FormatException("holds an option that is not known here: use user, password (without a comma), ssl, sslHost, defaultDatabase"),
        };
    }

    private static int Number(string text, string what) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= 65535 ? number : throw new FormatException($"{what} must be a number up to 65535");
}
