using Grpc.Core;

namespace Grpc.Net.ClientFactory;

/// <summary>The options of a call that is about to start.</summary>
public sealed class CallOptionsContext
{
    internal CallOptionsContext(CallOptions callOptions, IServiceProvider serviceProvider)
    {
        CallOptions = callOptions;
        ServiceProvider = serviceProvider;
    }

    /// <summary>The options; set them to change the call.</summary>
    public CallOptions CallOptions { get; set; }

    /// <summary>The services of the client's scope.</summary>
    public IServiceProvider ServiceProvider { get; }
}
