using Google.Api;
using Google.Protobuf.Reflection;

namespace Microsoft.AspNetCore.Grpc.JsonTranscoding;

/// <summary>Endpoint metadata: the method and the HTTP rule that an endpoint serves.</summary>
public sealed class GrpcJsonTranscodingMetadata(MethodDescriptor methodDescriptor, HttpRule httpRule)
{
    /// <summary>The method.</summary>
    public MethodDescriptor MethodDescriptor { get; } = methodDescriptor;

    /// <summary>The rule.</summary>
    public HttpRule HttpRule { get; } = httpRule;
}
