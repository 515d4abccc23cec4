namespace Grpc.Core;

/// <summary>The part that the four call types share. A state object instead of closures saves an allocation per call.</summary>
internal readonly struct CallState(
    Func<object, Task<Metadata>> headers,
    Func<object, Status> status,
    Func<object, Metadata> trailers,
    Action<object> dispose,
    object state)
{
    public Task<Metadata> Headers => headers(state);

    public Status Status() => status(state);

    public Metadata Trailers() => trailers(state);

    public void Dispose() => dispose(state);

    public static CallState From(Task<Metadata> headers, Func<Status> status, Func<Metadata> trailers, Action dispose) => new(
        static o => ((Parts)o).Headers,
        static o => ((Parts)o).Status(),
        static o => ((Parts)o).Trailers(),
        static o => ((Parts)o).Dispose(),
        new Parts(headers, status, trailers, dispose));

    private sealed record Parts(Task<Metadata> Headers, Func<Status> Status, Func<Metadata> Trailers, Action Dispose);
}
