namespace PromptPlatform.Gateway.Edge;

/// <summary>What the route table says about one route beyond where it goes.</summary>
/// <param name="Audience">The service that tokens must be for.</param>
/// <param name="IsGrpc">Whether it carries gRPC rather than JSON.</param>
/// <param name="IsPublic">Whether it needs no credential.</param>
/// <param name="Streams">Whether its answers may last: no deadline is set then.</param>
/// <param name="WebSocket">Whether it is a WebSocket and nothing else; such a route streams too.</param>
/// <param name="NeverSheds">Whether it is let through however much is under way: what takes rights away must work when all else does not.</param>
/// <param name="MaxBodyBytes">Bytes of a request body.</param>
internal sealed record RoutePolicy(string Audience, bool IsGrpc, bool IsPublic, bool Streams, bool WebSocket, bool NeverSheds, int MaxBodyBytes);
