using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PromptPlatform.ServiceDefaults.Errors;

/// <summary>Problem details (RFC 9457) as this platform writes them; <c>type</c> is a page that the gateway serves under /docs/errors.</summary>
public static class ProblemDocument
{
    /// <summary>The media type of problem details.</summary>
    public const string MediaType = "application/problem+json";

    // Readable text in answers: no \u0027 for an apostrophe. The media type keeps browsers from reading it as HTML.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The URL of the page that explains a code.</summary>
    public static string TypeOf(string code) => "/docs/errors/" + code;

    /// <summary>Sets status and headers and writes the document. The response must not have started.</summary>
    public static Task WriteAsync(HttpContext http, RequestException error)
    {
        if (error.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (error.Fault == RequestFault.Unauthenticated)
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"promptplatform\"";
        return WriteAsync(http, FaultStatus.Http(error.Fault), error.Code, error.Message, error.Errors);
    }

    /// <summary>Writes a document for a status that no use case gave.</summary>
    public static async Task WriteAsync(HttpContext http, int status, string code, string detail, IReadOnlyList<FieldError>? errors = null)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = MediaType;
        http.Response.Headers.CacheControl = "no-store";
        byte[] body = Format(http, status, code, detail, errors ?? []);
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static byte[] Format(HttpContext http, int status, string code, string detail, IReadOnlyList<FieldError> errors)
    {
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("type", TypeOf(code));
            json.WriteString("title", FaultStatus.Title(status));
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            json.WriteString("instance", http.Request.Path.Value);
            json.WriteString("code", code);
            json.WriteString("requestId", http.TraceIdentifier);
            if (errors.Count > 0)
            {
                json.WriteStartArray("errors");
                foreach (var error in errors)
                {
                    json.WriteStartObject();
                    json.WriteString("pointer", error.JsonPointer);
                    json.WriteString("detail", error.Problem);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }
}
