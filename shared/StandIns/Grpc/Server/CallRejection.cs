using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace PromptPlatform.GrpcTransport;

/// <summary>Ends requests that never become a call.</summary>
internal static class CallRejection
{
    /// <summary>A trailers-only answer: the status in the headers and no body.</summary>
    public static void End(HttpContext http, StatusCode code, string detail)
    {
        http.Response.ContentType = GrpcHeaders.ContentType;
        http.Response.Headers.GrpcStatus = ((int)code).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.GrpcMessage = GrpcHeaders.EncodeMessage(detail);
    }

    /// <summary>Checks protocol, content type, encoding and timeout; true when the request was answered with what is wrong.</summary>
    public static bool TryReject(HttpContext http)
    {
        HttpRequest request = http.Request;
        if (!GrpcHeaders.IsGrpcContentType(request.ContentType))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Refuse(http, StatusCode.Internal, string.IsNullOrEmpty(request.ContentType) ? "Content-Type is missing." : $"Content-Type '{request.ContentType}' is not supported.");
        }

        if (!HttpProtocol.IsHttp2(request.Protocol) && !HttpProtocol.IsHttp3(request.Protocol))
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            http.Response.Headers.Upgrade = HttpProtocol.Http2;
            return Refuse(http, StatusCode.Internal, $"Request protocol '{request.Protocol}' is not supported.");
        }

        if (request.Headers.GrpcEncoding is { Count: > 0 } encoding && !Compression.IsSupported(encoding.ToString()))
        {
            http.Response.Headers.GrpcAcceptEncoding = Compression.Supported;
            return Refuse(http, StatusCode.Unimplemented, $"Unsupported grpc-encoding value '{encoding}'. Supported encodings: {Compression.Supported}");
        }

        return request.Headers.GrpcTimeout is { Count: > 0 } timeout
            && !GrpcTimeout.TryParse(timeout.ToString(), out _)
            && Refuse(http, StatusCode.Internal, $"Invalid grpc-timeout value '{timeout}'.");
    }

    private static bool Refuse(HttpContext http, StatusCode code, string detail)
    {
        End(http, code, detail);
        return true;
    }
}
