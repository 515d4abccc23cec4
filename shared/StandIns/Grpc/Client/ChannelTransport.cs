using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>What all calls of a channel share.</summary>
internal sealed record ChannelTransport(
    Uri Address,
    HttpSender Sender,
    EndpointPicker Endpoints,
    RetryRules Retries,
    CallCredentials? Credentials,
    bool SendsCallCredentials,
    int MaxSendBytes,
    int MaxReceiveBytes,
    TimeProvider Clock) : IDisposable
{
    private readonly CancellationTokenSource disposed = new();

    /// <summary>Ends every call when the channel is disposed.</summary>
    public CancellationToken Disposed => disposed.Token;

    public void Dispose()
    {
        if (!disposed.IsCancellationRequested)
        {
            disposed.Cancel();
            Endpoints.Dispose();
            Sender.Dispose();
        }
    }
}
