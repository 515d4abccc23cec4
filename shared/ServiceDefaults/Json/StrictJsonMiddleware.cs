using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Json;

/// <summary>
/// Reads the JSON body of a transcoded call whole and checks it against the request message before it is parsed: unknown and
/// duplicate fields, wrong types, invalid UTF-8, NUL and lone surrogates are 400 with the field's JSON pointer. No body at all stands for an empty object.
/// </summary>
public sealed class StrictJsonMiddleware(RequestDelegate next)
{
    private static readonly byte[] s_nothing = "{}"u8.ToArray();

    /// <summary>Runs the request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        var method = http.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>();
        if (method is null || method.HttpRule.Body.Length == 0)
        {
            await next(http);
            return;
        }
        if (IsMissing(http))
        {
            // An operation on what its path names needs nothing more: `curl -X POST …:start`.
            http.Request.ContentType = "application/json";
            http.Request.Body = new MemoryStream(s_nothing, writable: false);
            await next(http);
            return;
        }
        if (!IsJson(http.Request.ContentType))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }
        var body = await ReadAsync(http);
        StrictJson.Check(body.GetBuffer().AsSpan(0, (int)body.Length), method.MethodDescriptor.InputType);
        http.Request.Body = body;
        await next(http);
    }

    private static bool IsMissing(HttpContext http) =>
        http.Request.ContentType is null && (http.Request.ContentLength == 0 || http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false });

    private static bool IsJson(string? contentType) =>
        contentType is not null
        && contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == 16 || contentType[16] is ';' or ' ');

    private static async Task<MemoryStream> ReadAsync(HttpContext http)
    {
        var buffer = new MemoryStream((int)Math.Clamp(http.Request.ContentLength ?? 1024, 256, 1 << 20));
        // Kestrel bounds the body's size and its minimum rate.
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        if (buffer.Length == 0)
            throw RequestException.InvalidBody("the body is empty; send a JSON object");
        buffer.Position = 0;
        return buffer;
    }
}
