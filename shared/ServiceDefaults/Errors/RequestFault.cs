namespace PromptPlatform.ServiceDefaults.Errors;

/// <summary>Why a request cannot be answered. The only place that turns a fault into status codes is <see cref="FaultStatus"/>.</summary>
public enum RequestFault
{
    /// <summary>The request is wrong and stays wrong when repeated.</summary>
    Invalid,
    /// <summary>Text or list over its documented limit.</summary>
    TooLarge,
    /// <summary>Well formed, but cannot be carried out, e.g. an idempotency key with another body.</summary>
    Unprocessable,
    /// <summary>No valid key or token came with the request.</summary>
    Unauthenticated,
    /// <summary>The caller is known and may not do this.</summary>
    Forbidden,
    /// <summary>No such thing in the caller's organisation.</summary>
    NotFound,
    /// <summary>The present state forbids it; may succeed later.</summary>
    Conflict,
    /// <summary>The thing has changed since the caller read it (If-Match).</summary>
    Stale,
    /// <summary>A limit of the caller or a queue is full; retry later.</summary>
    Exhausted,
    /// <summary>Something the answer needs is away; retry later.</summary>
    Unavailable,
    /// <summary>The deadline passed.</summary>
    TimedOut,
    /// <summary>Our fault.</summary>
    Internal,
}
