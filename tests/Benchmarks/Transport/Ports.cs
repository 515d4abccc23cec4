using System.Net;
using System.Net.Sockets;

namespace PromptPlatform.Benchmarks.Transport;

/// <summary>Ports of the servers under measurement.</summary>
internal static class Ports
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until somebody listens. Throws when the server ends or the time is over.</summary>
    public static async Task OpenAsync(int port, TimeSpan within, Func<bool> hasEnded)
    {
        using var limit = new CancellationTokenSource(within);
        while (!await IsOpenAsync(port, limit.Token))
        {
            if (hasEnded())
            {
                throw new InvalidOperationException($"the server ended before it listened on port {port}");
            }

            await Task.Delay(s_pause, limit.Token);
        }
    }

    private static async Task<bool> IsOpenAsync(int port, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
