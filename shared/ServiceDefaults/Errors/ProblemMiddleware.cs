using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace PromptPlatform.ServiceDefaults.Errors;

/// <summary>
/// Answers every failed HTTP/JSON request with problem details. The transcoder writes google.rpc.Status bodies; while an
/// error is pending those writes are dropped and the problem document is written in their place.
/// </summary>
public sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    internal static readonly object ErrorKey = new();

    /// <summary>Runs the request.</summary>
    public Task InvokeAsync(HttpContext http) =>
        http.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true ? next(http) : GuardAsync(http);

    private async Task GuardAsync(HttpContext http)
    {
        var inner = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var guarded = new ErrorBodyGuard(http, inner);
        http.Features.Set<IHttpResponseBodyFeature>(guarded);
        RequestException? error = null;
        try
        {
            await next(http);
        }
        catch (RequestException request)
        {
            error = request;
        }
        catch (BadHttpRequestException bad)
        {
            error = FromKestrel(bad);
        }
        catch (Exception unknown) when (!http.RequestAborted.IsCancellationRequested)
        {
            logger.RequestFailed(http.Request.Path, unknown);
            error = RequestException.Internal(unknown);
        }
        finally
        {
            http.Features.Set(inner);
        }
        await AnswerAsync(http, error ?? http.Items[ErrorKey] as RequestException, guarded.Dropped);
    }

    private static Task AnswerAsync(HttpContext http, RequestException? error, bool dropped)
    {
        if (http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
            return Task.CompletedTask;
        if (error is not null)
            return ProblemDocument.WriteAsync(http, error);
        int status = http.Response.StatusCode;
        bool bare = status >= 400 && (dropped || http.Response.ContentType is null);
        return bare ? ProblemDocument.WriteAsync(http, status, FaultStatus.CodeOf(status), Detail(http, status)) : Task.CompletedTask;
    }

    private static string Detail(HttpContext http, int status) => status switch
    {
        404 => "no such route; /docs lists the operations",
        405 => $"{http.Request.Method} is not possible here; use {http.Response.Headers.Allow}",
        415 => "send the body as Content-Type: application/json",
        _ => FaultStatus.Title(status),
    };

    private static RequestException FromKestrel(BadHttpRequestException bad) => bad.StatusCode switch
    {
        413 => RequestException.TooLarge("body", "is over the size limit; send a shorter one"),
        408 => RequestException.TimedOut("the body came too slowly; send it without pauses"),
        _ => RequestException.InvalidBody("the request could not be read: " + bad.Message),
    };
}
