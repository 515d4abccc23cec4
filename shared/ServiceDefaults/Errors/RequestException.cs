namespace PromptPlatform.ServiceDefaults.Errors;

/// <summary>
/// The one error a use case throws. Its message is for the caller: it names the subject, the problem and the cure, and holds
/// no prompt text and no secret.
/// </summary>
public sealed class RequestException : Exception
{
    private RequestException(RequestFault fault, string code, string detail, IReadOnlyList<FieldError>? errors = null, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(detail, inner)
    {
        Fault = fault;
        Code = code;
        Errors = errors ?? [];
        RetryAfter = retryAfter;
    }

    /// <summary>The kind of fault.</summary>
    public RequestFault Fault { get; }

    /// <summary>Stable machine-readable code in lower snake case, e.g. <c>invalid_request</c>.</summary>
    public string Code { get; }

    /// <summary>The wrong fields; empty when the request as a whole is at fault.</summary>
    public IReadOnlyList<FieldError> Errors { get; }

    /// <summary>When a retry may succeed; null when it is not known.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>One wrong field, e.g. <c>Invalid("prompt", "is empty: send 1 to 32768 characters")</c>.</summary>
    public static RequestException Invalid(string field, string problem) => Invalid([new FieldError(field, problem)]);

    /// <summary>Several wrong fields at once.</summary>
    public static RequestException Invalid(IReadOnlyList<FieldError> errors) =>
        new(RequestFault.Invalid, "invalid_request", string.Join("; ", errors.Select(e => $"{e.Field}: {e.Problem}")), errors);

    /// <summary>The body as a whole is wrong, e.g. not JSON.</summary>
    public static RequestException InvalidBody(string problem) => new(RequestFault.Invalid, "invalid_body", problem);

    /// <summary>Text or list over its limit.</summary>
    public static RequestException TooLarge(string field, string problem) =>
        new(RequestFault.TooLarge, "too_large", $"{field}: {problem}", [new FieldError(field, problem)]);

    /// <summary>Well formed but cannot be carried out; <paramref name="code"/> says why.</summary>
    public static RequestException Unprocessable(string code, string detail, IReadOnlyList<FieldError>? errors = null) =>
        new(RequestFault.Unprocessable, code, detail, errors);

    /// <summary>No valid key or token.</summary>
    public static RequestException Unauthenticated(string detail) => new(RequestFault.Unauthenticated, "unauthenticated", detail);

    /// <summary>Known, but not allowed.</summary>
    public static RequestException Forbidden(string detail) => new(RequestFault.Forbidden, "forbidden", detail);

    /// <summary>Reads "technique: none has id x".</summary>
    public static RequestException NotFound(string noun, string id) => new(RequestFault.NotFound, "not_found", $"{noun}: none has id {id}");

    /// <summary>The present state forbids it.</summary>
    public static RequestException Conflict(string code, string detail, TimeSpan? retryAfter = null) =>
        new(RequestFault.Conflict, code, detail, retryAfter: retryAfter);

    /// <summary>Changed since the caller read it.</summary>
    public static RequestException Stale(string noun) => new(RequestFault.Stale, "stale", $"{noun}: it has changed since you read it; read it again and repeat the change");

    /// <summary>A limit or queue is full.</summary>
    public static RequestException Exhausted(string code, string detail, TimeSpan? retryAfter = null) =>
        new(RequestFault.Exhausted, code, detail, retryAfter: retryAfter);

    /// <summary>Something the answer needs is away.</summary>
    public static RequestException Unavailable(string subject, Exception? inner = null) =>
        new(RequestFault.Unavailable, "unavailable", $"{subject} is away for the moment; try again", retryAfter: TimeSpan.FromSeconds(1), inner: inner);

    /// <summary>The deadline passed.</summary>
    public static RequestException TimedOut(string detail) => new(RequestFault.TimedOut, "timed_out", detail);

    /// <summary>Our fault; the detail says nothing of the cause, which is in the log under the request id.</summary>
    public static RequestException Internal(Exception? inner = null) =>
        new(RequestFault.Internal, "internal", "something went wrong on our side; it is logged under the request id", inner: inner);

    /// <summary>Rebuilds the error that a peer sent.</summary>
    internal static RequestException FromPeer(RequestFault fault, string code, string detail, IReadOnlyList<FieldError> errors, TimeSpan? retryAfter, Exception inner) =>
        new(fault, code, detail, errors, retryAfter, inner);
}
