using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Hosting;

namespace PromptPlatform.Gateway.Edge.Wire;

/// <summary>Gives what Kestrel refuses before there is a request, malformed HTTP/1.1 above all, a problem document.</summary>
internal sealed class WireRefusals : IObserver<KeyValuePair<string, object?>>
{
    private const string EventName = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    /// <summary>Begins to listen to the server of an application. The predicate keeps every other event of the pipeline as cheap as before.</summary>
    public static void Watch(WebApplication app) =>
        app.Services.GetRequiredService<DiagnosticListener>().Subscribe(new WireRefusals(), name => name == EventName);

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is not { Key: EventName, Value: IFeatureCollection features }
            || features.Get<RefusalPipe>() is not { } pipe
            || features.Get<IBadRequestExceptionFeature>()?.Error is not BadHttpRequestException error
            || features.Get<IHttpResponseFeature>() is not { HasStarted: false }
            || HttpProtocol.IsHttp2(features.Get<IHttpRequestFeature>()?.Protocol ?? ""))
            return;
        pipe.Refuse(Format(error));
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static byte[] Format(BadHttpRequestException error)
    {
        int status = error.StatusCode;
        string id = ActivityTraceId.CreateRandom().ToHexString();
        // Kestrel's messages quote what was sent; a header may hold a credential, so only the kind of fault is told.
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = ProblemDocument.TypeOf(FaultStatus.CodeOf(status)),
            title = FaultStatus.Title(status),
            status,
            detail = Detail(status),
            code = FaultStatus.CodeOf(status),
            requestId = id,
        });
        var head = new StringBuilder(512).Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\nContent-Type: {ProblemDocument.MediaType}\r\nConnection: close\r\n")
            .Append(CultureInfo.InvariantCulture, $"Cache-Control: no-store\r\n{RequestIdMiddleware.Header}: {id}\r\n");
        foreach (var (name, header) in AnswerHeadersMiddleware.All)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {header}\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    private static string Detail(int status) => status switch
    {
        405 => "this method does not take such a target",
        408 => "the request came too slowly; send it without pauses",
        413 => "body: is over the size limit; send a shorter one",
        414 => "the request line is over its limit; send a shorter path and query",
        431 => "the headers are too many or too long; send fewer or shorter ones",
        505 => "this port speaks HTTP/1.1",
        _ => "the request is not well-formed HTTP/1.1 (RFC 9112)",
    };
}
