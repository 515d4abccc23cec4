using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>HTTP feature: the gRPC call that the request carries.</summary>
public interface IServerCallContextFeature
{
    /// <summary>The call.</summary>
    ServerCallContext ServerCallContext { get; }
}
