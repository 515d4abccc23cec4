namespace Grpc.Core;

/// <summary>How a call ended: a code and a text for people.</summary>
public readonly struct Status
{
    /// <summary>Success without a text.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>Cancelled without a text.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    private readonly string? detail;

    /// <summary>A status with its text.</summary>
    public Status(StatusCode statusCode, string detail) : this(statusCode, detail, null)
    {
    }

    /// <summary>A status with the local exception behind it; the exception never travels.</summary>
    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        this.detail = detail;
        DebugException = debugException;
    }

    /// <summary>The outcome.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>The text; never null.</summary>
    public string Detail => detail ?? "";

    /// <summary>The local cause, for logs; not sent.</summary>
    public Exception? DebugException { get; }

    /// <inheritdoc/>
    public override string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", DebugException=\"{DebugException.GetType()}: {DebugException.Message}\")";
}
