using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PromptPlatform.StandIns.Tests.Support;

/// <summary>Stands between client and server, and may go away, come back, or fall silent with its connections open.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly ConcurrentBag<Socket> sockets = [];
    private readonly CancellationTokenSource stopped = new();
    private readonly TcpListener listener;
    private readonly int target;
    private volatile bool frozen;

    private TcpProxy(int port, int target)
    {
        this.target = target;
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public static TcpProxy To(Uri server, int port = 0) => new(port, server.Port);

    /// <summary>Passes nothing on any more, and closes nothing: the peer looks alive.</summary>
    public void Freeze() => frozen = true;

    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        listener.Stop();
        foreach (Socket socket in sockets)
        {
            socket.Close(0);
        }
    }

    private async Task AcceptAsync()
    {
        while (!stopped.IsCancellationRequested)
        {
            try
            {
                Socket client = await listener.AcceptSocketAsync(stopped.Token);
                sockets.Add(client);
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                sockets.Add(server);
                await server.ConnectAsync(IPAddress.Loopback, target, stopped.Token);
                _ = PumpAsync(client, server);
                _ = PumpAsync(server, client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, stopped.Token)) > 0)
            {
                if (!frozen)
                {
                    await to.SendAsync(buffer.AsMemory(0, read), stopped.Token);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed by one side: the other side is told by the close of its socket.
            from.Close(0);
            to.Close(0);
        }
    }
}
