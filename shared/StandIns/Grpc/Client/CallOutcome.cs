using System.Globalization;
using System.Net.Http.Headers;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>What a caller learns of a call: headers, status and trailers. The first end wins.</summary>
internal abstract class CallOutcome
{
    public static readonly Func<object, Task<Metadata>> HeadersOf = static call => ((CallOutcome)call).HeadersAsync();
    public static readonly Func<object, Status> StatusOf = static call => ((CallOutcome)call).StatusOrThrow();
    public static readonly Func<object, Metadata> TrailersOf = static call => ((CallOutcome)call).TrailersOrThrow();
    public static readonly Action<object> DisposeOf = static call => ((CallOutcome)call).Abandon();

    private readonly Lock gate = new();
    private TaskCompletionSource<Metadata>? headers;
    private Metadata? trailers;
    private RpcException? failure;

    protected HttpResponseMessage? Response { get; private set; }

    /// <summary>Null until the call has ended.</summary>
    protected Status? Final { get; private set; }

    protected abstract void Abandon();

    protected void SetResponse(HttpResponseMessage response)
    {
        lock (gate)
        {
            Response = response;
            PublishHeaders();
        }
    }

    /// <summary>Takes the status from trailers (or the headers of a trailers-only answer).</summary>
    protected void EndWith(HttpHeadersNonValidated source)
    {
        Metadata received = ToMetadata(source);
        if (!source.TryGetValues("grpc-status", out HeaderStringValues status))
        {
            End(new Status(StatusCode.Cancelled, "No grpc-status found on response."), received);
            return;
        }

        string detail = source.TryGetValues("grpc-message", out HeaderStringValues message) ? GrpcHeaders.DecodeMessage(message.ToString()) : "";
        bool known = int.TryParse(status.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int code) && code <= (int)StatusCode.Unauthenticated;
        End(known ? new Status((StatusCode)code, detail) : new Status(StatusCode.Unknown, $"Unexpected grpc-status value '{status}'. {detail}"), received);
    }

    /// <summary>Ends the call; true for the first end.</summary>
    protected bool End(Status status, Metadata? received)
    {
        lock (gate)
        {
            if (Final is not null)
            {
                return false;
            }

            Final = status;
            trailers = received;
            if (status.StatusCode != StatusCode.OK)
            {
                failure = new RpcException(status, received ?? Metadata.Empty);
            }

            PublishHeaders();
            return true;
        }
    }

    protected void ThrowIfFailed()
    {
        if (failure is not null)
        {
            throw failure;
        }
    }

    protected RpcException Failure() => failure ?? throw new InvalidOperationException("The call has not failed.");

    private static Metadata ToMetadata(HttpHeadersNonValidated source)
    {
        var metadata = new Metadata();
        foreach ((string name, HeaderStringValues values) in source)
        {
            if (GrpcHeaders.IsReserved(name))
            {
                continue;
            }

            foreach (string value in values)
            {
                GrpcHeaders.AddTo(metadata, name, value, StatusCode.Internal);
            }
        }

        return metadata;
    }

    private Task<Metadata> HeadersAsync()
    {
        lock (gate)
        {
            headers ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            PublishHeaders();
            return headers.Task;
        }
    }

    private void PublishHeaders()
    {
        if (headers is null)
        {
            return;
        }

        if (Response is not null)
        {
            headers.TrySetResult(ToMetadata(Response.Headers.NonValidated));
        }
        else if (failure is not null && headers.TrySetException(failure))
        {
            // Read, so that a caller who never awaits the headers leaves no unobserved exception.
            _ = headers.Task.Exception;
        }
    }

    private Status StatusOrThrow() => Final ?? throw new InvalidOperationException("Unable to get the status because the call is not complete.");

    private Metadata TrailersOrThrow() => Final is null
        ? throw new InvalidOperationException("Can't get the call trailers because the call is not complete.")
        : trailers ?? Metadata.Empty;
}
