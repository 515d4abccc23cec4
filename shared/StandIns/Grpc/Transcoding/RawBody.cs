using Google.Api;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace PromptPlatform.GrpcTransport;

/// <summary>google.api.HttpBody: a response that is not JSON but bytes of a content type of their own, such as a CSV file.</summary>
internal static class RawBody
{
    private const string Unknown = "application/octet-stream";

    /// <summary>The body, when the response or the part of it that is sent is one.</summary>
    public static HttpBody? Of(IMessage message, FieldPath? part) => message as HttpBody ?? part?.Get(message) as HttpBody;

    /// <summary>Writes it. Of a stream the first names the content type, and the data follow each other as they are.</summary>
    public static async Task WriteAsync(HttpResponse response, HttpBody body, bool streamed, CancellationToken cancellation)
    {
        if (!response.HasStarted)
        {
            response.ContentType = body.ContentType.Length > 0 ? body.ContentType : Unknown;
            response.ContentLength = streamed ? null : body.Data.Length;
        }

        await response.BodyWriter.WriteAsync(body.Data.Memory, cancellation).ConfigureAwait(false);
    }
}
