using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace PromptPlatform.GrpcTransport;

/// <summary>Makes a request message of path, query and body. The path wins over the body; what is not known is refused.</summary>
internal sealed class HttpRequestReader(HttpBinding binding, TranscodingJson json, int maxBodyBytes)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The request; throws <see cref="RpcException"/> with INVALID_ARGUMENT naming the field, or <see cref="BadHttpRequestException"/> for a body that is too large.</summary>
    public async ValueTask<IMessage> ReadAsync(HttpContext http)
    {
        IReadOnlyList<string> pathValues = PathValues(http);
        IMessage message = binding.TakesBody ? await ReadBodyAsync(http).ConfigureAwait(false) : Empty();
        if (http.Request.QueryString.HasValue)
        {
            SetQuery(message, http.Request.Query);
        }

        for (int index = 0; index < pathValues.Count; index++)
        {
            Set(message, binding.PathFields[index], [pathValues[index]]);
        }

        return message;
    }

    // Without a variable there is nothing to take from the path, and the router has compared it.
    private IReadOnlyList<string> PathValues(HttpContext http) =>
        binding.PathFields.Count == 0
            ? []
            : binding.Template.Match(RawPath(http)) ?? binding.Template.Match(http.Request.Path.Value ?? "/")
                ?? throw RpcErrors.Of(StatusCode.NotFound, "The path does not match.");

    // PathString is decoded; only the raw target tells %2F from a slash.
    private static string RawPath(HttpContext http)
    {
        string target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        int query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }

    private static void Set(IMessage message, FieldPath field, IReadOnlyList<string> values)
    {
        try
        {
            field.SetText(message, values);
        }
        catch (FormatException e)
        {
            throw Invalid(field.Name, e.Message);
        }
    }

    private static RpcException Invalid(string field, string problem) => new Google.Rpc.Status
    {
        Code = (int)StatusCode.InvalidArgument,
        Message = $"{field}: {problem}",
        Details = { Google.Protobuf.WellKnownTypes.Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = field, Description = problem } } }) },
    }.ToRpcException();

    private void SetQuery(IMessage message, IQueryCollection query)
    {
        foreach ((string key, StringValues values) in query)
        {
            FieldPath field = binding.BodyIsRequest
                ? throw Invalid(key, "unknown query parameter; this operation takes its fields in the body.")
                : FieldPath.Find(binding.Method.InputType, key) ?? throw Invalid(key, "unknown query parameter.");
            if (binding.PathFields.Any(field.Overlaps) || binding.BodyField?.Overlaps(field) == true)
            {
                throw Invalid(key, "is set by the path or the body and cannot be a query parameter.");
            }

            if (!field.TakesText)
            {
                throw Invalid(key, "cannot be a query parameter.");
            }

            Set(message, field, [.. values.Select(value => value ?? "")]);
        }
    }

    private async ValueTask<IMessage> ReadBodyAsync(HttpContext http)
    {
        string? contentType = http.Request.ContentType;
        if (contentType is not null && !contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw RpcErrors.Of(StatusCode.InvalidArgument, "Request content-type must be application/json.");
        }

        PipeReader reader = http.Request.BodyReader;
        while (true)
        {
            // A caller who goes away ends the body; the request's token would be made, and listened to, for this alone.
            ReadResult result = await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            ReadOnlySequence<byte> body = result.Buffer;
            bool read = result.IsCompleted || body.Length > maxBodyBytes;
            try
            {
                if (read)
                {
                    return body.Length > maxBodyBytes
                        ? throw new BadHttpRequestException("Request body too large.", StatusCodes.Status413PayloadTooLarge)
                        : Parse(body);
                }
            }
            finally
            {
                reader.AdvanceTo(read ? body.End : body.Start, body.End);
            }
        }
    }

    private IMessage Parse(in ReadOnlySequence<byte> body)
    {
        if (body.IsEmpty)
        {
            return Empty();
        }

        if (binding.BodyIsRequest && PlainJsonReader.TryRead(body, binding.Method.InputType) is { } message)
        {
            return message;
        }

        try
        {
            string text = Utf8.GetString(body);
            string whole = binding.BodyField is { } field ? $"{{{JsonSerializer.Serialize(field.Leaf.JsonName)}:{text}}}" : text;
            return json.Parse(whole, binding.Method.InputType);
        }
        catch (DecoderFallbackException e)
        {
            throw RpcErrors.Of(StatusCode.InvalidArgument, "Request body is not valid UTF-8.", e);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw RpcErrors.Of(StatusCode.InvalidArgument, e.Message, e);
        }
    }

    private IMessage Empty() => (IMessage)Activator.CreateInstance(binding.Method.InputType.ClrType)!;
}
