using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace PromptPlatform.StandIns.Tests.Support;

/// <summary>Speaks just enough HTTP/2 to reset every request, or to close the connection under it.</summary>
public sealed class ResettingServer : IAsyncDisposable
{
    private const int PrefaceLength = 24;
    private const int FrameHeader = 9;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopped = new();
    private readonly int? errorCode;
    private readonly int? lastStreamId;
    private int requests;

    /// <summary>Resets with this HTTP/2 error code; null: closes the connection instead, when it has got the message.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="lastStreamId">What it names before it closes as the last request that it has seen; null: it says nothing.</param>
    public ResettingServer(int? errorCode, int? lastStreamId = null)
    {
        (this.errorCode, this.lastStreamId) = (errorCode, lastStreamId);
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Requests => Volatile.Read(ref requests);

    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stopped.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed: the test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            try
            {
                await stream.ReadExactlyAsync(new byte[PrefaceLength], stopped.Token);
                await stream.WriteAsync(Frame(type: 4, flags: 0, streamId: 0, []), stopped.Token);
                byte[] header = new byte[FrameHeader];
                while (true)
                {
                    await stream.ReadExactlyAsync(header, stopped.Token);
                    await stream.ReadExactlyAsync(new byte[(header[0] << 16) | (header[1] << 8) | header[2]], stopped.Token);
                    int streamId = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5));
                    if (header[3] == 4 && (header[4] & 1) == 0)
                    {
                        await stream.WriteAsync(Frame(type: 4, flags: 1, streamId: 0, []), stopped.Token);
                    }
                    else if (header[3] == 1)
                    {
                        Interlocked.Increment(ref requests);
                        if (errorCode is { } code)
                        {
                            await stream.WriteAsync(Frame(type: 3, flags: 0, streamId, [0, 0, 0, (byte)code]), stopped.Token);
                        }
                    }
                    else if (header[3] == 0 && errorCode is null)
                    {
                        await SayGoodbyeAsync(stream);
                        return;
                    }
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The client is gone, or the test is over.
            }
        }
    }

    // The client must have read it before the connection breaks.
    private async Task SayGoodbyeAsync(NetworkStream stream)
    {
        if (lastStreamId is { } last)
        {
            byte[] payload = new byte[8];
            BinaryPrimitives.WriteInt32BigEndian(payload, last);
            await stream.WriteAsync(Frame(type: 7, flags: 0, streamId: 0, payload), stopped.Token);
            await Task.Delay(200, stopped.Token);
        }
    }

    private static byte[] Frame(byte type, byte flags, int streamId, byte[] payload)
    {
        byte[] frame = [0, 0, (byte)payload.Length, type, flags, 0, 0, 0, 0, .. payload];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), streamId);
        return frame;
    }
}
