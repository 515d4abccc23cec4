namespace Grpc.AspNetCore.ClientFactory;

/// <summary>How calls of a client follow the call that is being served.</summary>
public class GrpcContextPropagationOptions
{
    /// <summary>Whether calls outside of a served call are made without deadline and cancellation instead of failing. Default false.</summary>
    public bool SuppressContextNotFoundErrors { get; set; }
}
