namespace PromptPlatform.Interop.Tests.Sides;

/// <summary>The implementations of gRPC that meet here.</summary>
public enum Side
{
    Ours,
    GrpcJs,
    Grpcio,
}
