namespace PromptPlatform.Interop.Tests.Plans;

/// <summary>How the caller treats the call; usually, but not always, what the method is.</summary>
public enum CallKind
{
    Unary,
    ClientStream,
    ServerStream,
    Duplex,
}
