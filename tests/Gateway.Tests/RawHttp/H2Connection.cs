using System.Net.Security;
using System.Text;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>A client that sends HTTP/2 frames as they are told.</summary>
internal sealed class H2Connection : IDisposable
{
    private readonly RawSocket _socket;

    private H2Connection(RawSocket socket) => _socket = socket;

    public static async Task<H2Connection> OpenAsync(string url)
    {
        var connection = new H2Connection(await RawSocket.OpenAsync(url, SslApplicationProtocol.Http2));
        await connection.WriteAsync(Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
        await connection.SendAsync(new H2Frame(H2Type.Settings, 0, 0, []));
        return connection;
    }

    /// <summary>A header block of literals without indexing (RFC 7541, section 6.2.2), names and values as they are given.</summary>
    public static byte[] Block(params (string Name, string Value)[] headers) =>
        [.. headers.SelectMany(h => (byte[])[0, .. Literal(h.Name), .. Literal(h.Value)])];

    public Task SendAsync(params H2Frame[] frames) => WriteAsync([.. frames.SelectMany(f => f.ToBytes())]);

    /// <summary>Sends until the gateway has closed the connection or the frames are all sent, then hears it out. Returns whether it closed.</summary>
    public async Task<bool> FloodAsync(int count, Func<int, H2Frame[]> frames)
    {
        try
        {
            for (int i = 0; i < count; i++)
                await SendAsync(frames(i));
            // A fast sender has all of them in the buffers of the sockets before the gateway has read enough.
            while (await ReadAsync() is not null)
            {
            }
            return true;
        }
        catch (IOException)
        {
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The next frame; null when the connection is closed.</summary>
    public async Task<H2Frame?> ReadAsync()
    {
        try
        {
            var head = new byte[9];
            await _socket.Stream.ReadExactlyAsync(head).WithinAsync();
            var payload = new byte[head[0] << 16 | head[1] << 8 | head[2]];
            await _socket.Stream.ReadExactlyAsync(payload).WithinAsync();
            return new H2Frame((H2Type)head[3], head[4], head[5] << 24 | head[6] << 16 | head[7] << 8 | head[8], payload);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The first frame of one of these types; null when the connection is closed before it comes.</summary>
    public async Task<H2Frame?> ReadUntilAsync(params H2Type[] types)
    {
        while (await ReadAsync() is { } frame)
        {
            if (types.Contains(frame.Type))
                return frame;
        }
        return null;
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] Literal(string text) => text.Length < 127
        ? [(byte)text.Length, .. Encoding.Latin1.GetBytes(text)]
        : [127, .. Prefixed(text.Length - 127), .. Encoding.Latin1.GetBytes(text)];

    private static IEnumerable<byte> Prefixed(int rest)
    {
        for (; rest >= 128; rest >>= 7)
            yield return (byte)(rest & 127 | 128);
        yield return (byte)rest;
    }

    private Task WriteAsync(byte[] bytes) => _socket.Stream.WriteAsync(bytes).WithinAsync();
}
