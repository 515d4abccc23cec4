using System.Diagnostics;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>The tags of OpenTelemetry's conventions for remote calls.</summary>
internal readonly record struct RpcTags(string Service, string Method)
{
    /// <summary>From /service/method.</summary>
    public static RpcTags Of(string path)
    {
        int slash = path.LastIndexOf('/');
        return slash > 0 ? new(path[1..slash], path[(slash + 1)..]) : new("", path);
    }

    public TagList With(StatusCode status) => new()
    {
        { "rpc.system", "grpc" },
        { "rpc.service", Service },
        { "rpc.method", Method },
        { "rpc.grpc.status_code", (int)status },
    };
}
