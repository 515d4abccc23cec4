using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace PromptPlatform.GrpcTransport;

/// <summary>
/// Shows endpoints that are marked as gRPC only to gRPC requests alone. The fallback for unknown services has the shape of many REST
/// paths; were it told apart later, the router would count it as a match and answer 404 for wrong verbs, or 405 for unknown paths.
/// </summary>
internal sealed class GrpcContentTypePolicy : MatcherPolicy, INodeBuilderPolicy
{
    // Before the check of the verb, which is at -1000.
    public override int Order => -2000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsGrpcOnly);

    public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints)
    {
        Endpoint[] others = [.. endpoints.Where(endpoint => !IsGrpcOnly(endpoint))];
        var grpc = new PolicyNodeEdge(state: true, endpoints);
        return others.Length == 0 ? [grpc] : [grpc, new PolicyNodeEdge(state: false, others)];
    }

    public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges) =>
        new Jump(DestinationOf(edges, true) ?? exitDestination, DestinationOf(edges, false) ?? exitDestination);

    private static int? DestinationOf(IReadOnlyList<PolicyJumpTableEdge> edges, bool grpc) =>
        edges.Where(edge => edge.State is bool state && state == grpc).Select(edge => (int?)edge.Destination).FirstOrDefault();

    private static bool IsGrpcOnly(Endpoint endpoint) => endpoint.Metadata.GetMetadata<Mark>() is not null;

    /// <summary>Endpoint metadata: for gRPC requests only.</summary>
    internal sealed class Mark;

    private sealed class Jump(int grpc, int other) : PolicyJumpTable
    {
        public override int GetDestination(HttpContext httpContext) =>
            HttpMethods.IsPost(httpContext.Request.Method) && GrpcHeaders.IsGrpcContentType(httpContext.Request.ContentType) ? grpc : other;
    }
}
