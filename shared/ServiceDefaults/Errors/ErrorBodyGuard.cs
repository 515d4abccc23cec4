using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PromptPlatform.ServiceDefaults.Errors;

/// <summary>A response body that passes everything on until an error status is set before the response has started, and drops what is written then.</summary>
internal sealed class ErrorBodyGuard(HttpContext http, IHttpResponseBodyFeature inner) : IHttpResponseBodyFeature
{
    private readonly Stream _drop = Stream.Null;
    private PipeWriter? _dropWriter;

    /// <summary>True once a body was dropped.</summary>
    public bool Dropped { get; private set; }

    public Stream Stream => Failed() ? _drop : inner.Stream;

    public PipeWriter Writer => Failed() ? _dropWriter ??= PipeWriter.Create(_drop) : inner.Writer;

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => Failed() ? Task.CompletedTask : inner.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        inner.SendFileAsync(path, offset, count, cancellationToken);

    // A body that is dropped is never completed on the wire: the problem document follows.
    public Task CompleteAsync() => Failed() ? Task.CompletedTask : inner.CompleteAsync();

    private bool Failed()
    {
        if (Dropped)
            return true;
        if (http.Response.HasStarted)
            return false;
        bool pending = http.Items.ContainsKey(ProblemMiddleware.ErrorKey);
        bool plainError = http.Response.StatusCode >= 400 && http.Response.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;
        return Dropped = pending || plainError;
    }
}
