using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Sides;

/// <summary>One implementation of gRPC: makes the calls of plans and serves them.</summary>
public interface ISide
{
    Task<Outcome> CallAsync(CallPlan plan);

    /// <summary>Cancels a call of this side that is in flight.</summary>
    Task CancelAsync(string name);

    /// <summary>Starts a server and gives its port.</summary>
    Task<int> ServeAsync(ServerPlan plan);

    /// <summary>What a server of this side saw of the call; null when no call of that name came.</summary>
    Task<Note?> RecallAsync(string name);

    /// <summary>Lets a handler go on that waits to be released.</summary>
    Task ReleaseAsync(string name);

    /// <summary>Begins to stop the server: no new calls, those in flight go on.</summary>
    Task DrainAsync(int port);
}
