namespace PromptPlatform.Gateway.Edge.Streams;

/// <summary>The request that opens a WebSocket (RFC 6455, section 4.1). Nothing else turns a connection into something that is not HTTP.</summary>
internal static class WebSocketHandshake
{
    private const string Protocol = "websocket";
    private const string Version = "13";

    /// <summary>Whether the request is one, whole.</summary>
    public static bool Is(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && HttpProtocol.IsHttp11(request.Protocol)
        && request.Headers.Upgrade is [{ } upgrade] && upgrade.Equals(Protocol, StringComparison.OrdinalIgnoreCase)
        && request.Headers.SecWebSocketVersion is [Version]
        && request.Headers.SecWebSocketKey is [{ Length: 24 }]
        && request.Headers.TransferEncoding.Count == 0
        && request.ContentLength is null or 0;

    /// <summary>Answers 426 with what would be accepted.</summary>
    public static Task RefuseAsync(HttpContext http)
    {
        if (HttpProtocol.IsHttp11(http.Request.Protocol))
            http.Response.Headers.Connection = "Upgrade, close";
        http.Response.Headers.Upgrade = Protocol;
        http.Response.Headers.SecWebSocketVersion = Version;
        return EdgeAnswer.WriteAsync(http, StatusCodes.Status426UpgradeRequired, "upgrade_required", "this path speaks WebSocket: a GET over HTTP/1.1 with Upgrade: websocket and Sec-WebSocket-Version: 13 (RFC 6455)");
    }
}
