using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using PromptPlatform.Gateway.Edge.Wire;
using PromptPlatform.Gateway.Limits;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Hosting;

namespace PromptPlatform.Gateway.Edge;

/// <summary>
/// Refuses what no service should have to look at, and removes headers by which a caller could speak in the gateway's name.
/// A refusal costs the network address and ends an HTTP/1.1 connection: what follows on it cannot be trusted to be a request.
/// </summary>
internal sealed class RequestHygieneMiddleware(RequestDelegate next, RoutePolicies policies, RateLimiter limiter, IOptions<EdgeOptions> options)
{
    // Kestrel has decoded the path once: a percent sign that is left is %2F, %25 or not decodable.
    private static readonly SearchValues<char> s_notInPaths = SearchValues.Create("\\%;\u007F" + string.Concat(Enumerable.Range(0, 32).Select(c => (char)c)));

    // Hop-by-hop headers (RFC 9110, section 7.6.1) are left out by the forwarder itself.
    private static readonly string[] s_notForServices =
    [
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Real-IP",
        "X-Original-For", "X-Original-Host", "X-Original-Proto", "X-Original-URL", "X-Rewrite-URL",
        "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "Cookie", "Proxy-Authorization",
    ];

    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        int bytes = 0;
        foreach (var (name, values) in headers)
        {
            if (!RequestFraming.IsName(name))
                throw Refuse(http, "headers", "hold a name with characters that names do not have (RFC 9110, section 5.6.2)");
            // As they were sent: name, colon, space, value, CR, LF.
            foreach (string? value in values)
            {
                bytes += name.Length + (value?.Length ?? 0) + 4;
                if (!RequestFraming.IsValue(value))
                    throw Refuse(http, name, "holds a control character");
            }
        }
        if (bytes > options.Value.MaxHeaderBytes)
        {
            Charge(http);
            return EdgeAnswer.WriteAsync(http, StatusCodes.Status431RequestHeaderFieldsTooLarge, "headers_too_large", $"the headers are over {options.Value.MaxHeaderBytes} bytes; send fewer or shorter ones");
        }
        CheckLine(http);
        if (GrpcCall.HasItsType(http) && !GrpcCall.Is(http))
        {
            Charge(http);
            return EdgeAnswer.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "gRPC needs HTTP/2, on the gRPC port; send Content-Type: application/json here");
        }
        if (RequestFraming.Find(http.Request) is var (header, problem))
            throw Refuse(http, header, problem);
        foreach (string name in s_notForServices)
            headers.Remove(name);
        // Nobody may turn a connection behind us into something else, but for the routes that are WebSockets.
        if (headers.ContainsKey(HeaderNames.Upgrade) && policies.Of(http) is not { WebSocket: true })
            headers.Remove(HeaderNames.Upgrade);
        headers[RequestIdMiddleware.Header] = http.TraceIdentifier;
        return next(http);
    }

    private void CheckLine(HttpContext http)
    {
        // "OPTIONS *" and CONNECT have no path.
        string path = http.Request.Path.Value ?? "";
        if (path.Length == 0 || path.AsSpan().ContainsAny(s_notInPaths) || path.Contains("//", StringComparison.Ordinal))
            throw Refuse(http, "path", "is missing or holds an encoded or doubled slash, a backslash, a semicolon, a percent sign or a control character; no path of this API does");
        // Kestrel takes a user before the host of an absolute target.
        string target = HttpProtocol.IsHttp2(http.Request.Protocol) ? "" : http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (target.Length > 0 && target[0] != '/' && target.Contains('@'))
            throw Refuse(http, "request target", "holds the name of a user");
        // Methods are case-sensitive (RFC 9110, section 9.1); routing is not.
        if (http.Request.Method.AsSpan().ContainsAnyInRange('a', 'z'))
            throw Refuse(http, "method", "holds lower-case letters; methods are upper case, e.g. GET");
    }

    private RequestException Refuse(HttpContext http, string subject, string problem)
    {
        Charge(http);
        return RequestException.Invalid(subject, problem);
    }

    private void Charge(HttpContext http)
    {
        EdgeAnswer.EndConnection(http);
        limiter.ChargeAddress(http);
    }
}
