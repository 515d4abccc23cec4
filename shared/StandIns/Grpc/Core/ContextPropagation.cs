namespace Grpc.Core;

/// <summary>What a child call takes over from the call that is being served.</summary>
public class ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
{
    /// <summary>Both deadline and cancellation.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Whether the deadline is taken over.</summary>
    public bool IsPropagateDeadline { get; } = propagateDeadline;

    /// <summary>Whether cancellation is taken over.</summary>
    public bool IsPropagateCancellation { get; } = propagateCancellation;
}

/// <summary>Carries deadline and cancellation of a served call into child calls.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }

    internal abstract DateTime? Deadline { get; }

    internal abstract CancellationToken CancellationToken { get; }
}
