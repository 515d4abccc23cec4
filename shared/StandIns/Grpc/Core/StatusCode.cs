namespace Grpc.Core;

/// <summary>The seventeen outcomes of a gRPC call; the numbers are those on the wire.</summary>
public enum StatusCode
{
    /// <summary>Success.</summary>
    OK = 0,
    /// <summary>The caller gave up.</summary>
    Cancelled = 1,
    /// <summary>An error of unknown kind, such as an exception that the handler did not map.</summary>
    Unknown = 2,
    /// <summary>The request is wrong whatever the state of the system.</summary>
    InvalidArgument = 3,
    /// <summary>The deadline passed before the call was done.</summary>
    DeadlineExceeded = 4,
    /// <summary>The thing asked for does not exist.</summary>
    NotFound = 5,
    /// <summary>The thing to be created exists.</summary>
    AlreadyExists = 6,
    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,
    /// <summary>A quota, a queue or a message limit is exhausted.</summary>
    ResourceExhausted = 8,
    /// <summary>The system is not in the state that the call needs.</summary>
    FailedPrecondition = 9,
    /// <summary>The call lost against a concurrent one; try again.</summary>
    Aborted = 10,
    /// <summary>Past the valid range.</summary>
    OutOfRange = 11,
    /// <summary>The method does not exist here.</summary>
    Unimplemented = 12,
    /// <summary>An invariant is broken.</summary>
    Internal = 13,
    /// <summary>The service cannot be reached now.</summary>
    Unavailable = 14,
    /// <summary>Data is lost beyond recovery.</summary>
    DataLoss = 15,
    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}
