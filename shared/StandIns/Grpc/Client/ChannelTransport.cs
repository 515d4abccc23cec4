using System.Collections.Concurrent;
using Grpc.Core;

namespace PromptPlatform.GrpcTransport;

/// <summary>What all calls of a channel share.</summary>
internal sealed record ChannelTransport(
    Uri Address,
    HttpSender Sender,
    CallCredentials? Credentials,
    bool SendsCallCredentials,
    int MaxSendBytes,
    int MaxReceiveBytes,
    TimeProvider Clock) : IDisposable
{
    // As many entries as the generated clients on this channel have methods.
    private readonly ConcurrentDictionary<string, Uri> addresses = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource disposed = new();

    /// <summary>Ends every call when the channel is disposed.</summary>
    public CancellationToken Disposed => disposed.Token;

    public Uri AddressOf(IMethod method) =>
        addresses.TryGetValue(method.FullName, out Uri? known) ? known : addresses.GetOrAdd(method.FullName, new Uri(Address, method.FullName));

    public void Dispose()
    {
        if (!disposed.IsCancellationRequested)
        {
            disposed.Cancel();
            Sender.Dispose();
        }
    }
}
