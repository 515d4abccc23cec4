using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace PromptPlatform.GrpcTransport;

/// <summary>A method of a mapped service: the gRPC endpoint, and the intercepted handler that transcoding calls too.</summary>
internal sealed record BoundMethod(
    IMethod Method,
    RequestDelegate Endpoint,
    Delegate Handler,
    Type RequestType,
    Type ResponseType,
    IReadOnlyList<object> Metadata);
