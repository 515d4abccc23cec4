namespace Grpc.Core;

/// <summary>A call that did not end with OK, on either side.</summary>
public class RpcException : Exception
{
    /// <summary>A failure without trailers.</summary>
    public RpcException(Status status) : this(status, Metadata.Empty)
    {
    }

    /// <summary>A failure with its own exception message.</summary>
    public RpcException(Status status, string message) : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>A failure with trailers, which the server sends after the response.</summary>
    public RpcException(Status status, Metadata trailers) : this(status, trailers, status.ToString())
    {
    }

    /// <summary>A failure with trailers and its own exception message.</summary>
    public RpcException(Status status, Metadata trailers, string message) : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>Code and text.</summary>
    public Status Status { get; }

    /// <summary>The code alone.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>What the server sent after the response; empty when there is none.</summary>
    public Metadata Trailers { get; }
}
