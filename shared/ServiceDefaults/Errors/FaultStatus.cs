using Grpc.Core;

namespace PromptPlatform.ServiceDefaults.Errors;

/// <summary>The one table from faults to gRPC status (google.rpc.Code) and HTTP status (RFC 9110).</summary>
public static class FaultStatus
{
    /// <summary>The gRPC status of a fault.</summary>
    public static StatusCode Grpc(RequestFault fault) => fault switch
    {
        RequestFault.Invalid => StatusCode.InvalidArgument,
        RequestFault.TooLarge => StatusCode.OutOfRange,
        RequestFault.Unprocessable => StatusCode.FailedPrecondition,
        RequestFault.Unauthenticated => StatusCode.Unauthenticated,
        RequestFault.Forbidden => StatusCode.PermissionDenied,
        RequestFault.NotFound => StatusCode.NotFound,
        RequestFault.Conflict => StatusCode.AlreadyExists,
        RequestFault.Stale => StatusCode.Aborted,
        RequestFault.Exhausted => StatusCode.ResourceExhausted,
        RequestFault.Unavailable => StatusCode.Unavailable,
        RequestFault.TimedOut => StatusCode.DeadlineExceeded,
        RequestFault.Internal => StatusCode.Internal,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>The HTTP status of a fault.</summary>
    public static int Http(RequestFault fault) => fault switch
    {
        RequestFault.Invalid => 400,
        RequestFault.TooLarge => 413,
        RequestFault.Unprocessable => 422,
        RequestFault.Unauthenticated => 401,
        RequestFault.Forbidden => 403,
        RequestFault.NotFound => 404,
        RequestFault.Conflict => 409,
        RequestFault.Stale => 412,
        RequestFault.Exhausted => 429,
        RequestFault.Unavailable => 503,
        RequestFault.TimedOut => 504,
        RequestFault.Internal => 500,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>The fault that a gRPC status of a peer stands for.</summary>
    public static RequestFault FromGrpc(StatusCode status) => status switch
    {
        StatusCode.InvalidArgument => RequestFault.Invalid,
        StatusCode.OutOfRange => RequestFault.TooLarge,
        StatusCode.FailedPrecondition => RequestFault.Unprocessable,
        StatusCode.Unauthenticated => RequestFault.Unauthenticated,
        StatusCode.PermissionDenied => RequestFault.Forbidden,
        StatusCode.NotFound => RequestFault.NotFound,
        StatusCode.AlreadyExists => RequestFault.Conflict,
        StatusCode.Aborted => RequestFault.Stale,
        StatusCode.ResourceExhausted => RequestFault.Exhausted,
        StatusCode.Unavailable => RequestFault.Unavailable,
        StatusCode.DeadlineExceeded or StatusCode.Cancelled => RequestFault.TimedOut,
        _ => RequestFault.Internal,
    };

    /// <summary>The title of an HTTP status in problem details: short, the same for every occurrence.</summary>
    public static string Title(int status) => status switch
    {
        400 => "Bad request",
        401 => "Not authenticated",
        403 => "Not allowed",
        404 => "Not found",
        405 => "Method not allowed",
        406 => "Not acceptable",
        408 => "Request timed out",
        409 => "Conflict",
        412 => "Precondition failed",
        413 => "Too large",
        414 => "URL too long",
        415 => "Unsupported media type",
        422 => "Cannot be processed",
        426 => "Upgrade required",
        429 => "Too many requests",
        431 => "Headers too large",
        499 => "Client closed request",
        501 => "Not implemented",
        502 => "Bad gateway",
        503 => "Unavailable",
        504 => "Timed out",
        505 => "HTTP version not supported",
        _ => "Internal error",
    };

    /// <summary>The machine-readable code of an HTTP status for which no use case gave one.</summary>
    public static string CodeOf(int status) => status switch
    {
        400 => "invalid_request",
        401 => "unauthenticated",
        403 => "forbidden",
        404 => "not_found",
        405 => "method_not_allowed",
        408 or 504 => "timed_out",
        413 => "too_large",
        415 => "unsupported_media_type",
        429 => "rate_limited",
        431 => "headers_too_large",
        502 or 503 => "unavailable",
        _ => status is < 500 or 505 ? "invalid_request" : "internal",
    };
}
