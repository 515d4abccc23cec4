using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace PromptPlatform.Gateway.Tests.Upstreams;

/// <summary>A replica that is ready and refuses every gRPC call when it has come whole: RST_STREAM with REFUSED_STREAM (RFC 9113, section 8.7).</summary>
internal sealed class RefusingReplica : IAsyncDisposable
{
    private const int PrefaceBytes = 24;
    private const byte Data = 0, Headers = 1, ResetStream = 3, Settings = 4;
    private const byte Ends = 1, EndsHeaders = 4;
    private const byte Status200 = 0x88;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private Task _serving = Task.CompletedTask;
    private int _refused;

    public string Address => "http://" + _listener.LocalEndpoint;

    public int Refused => Volatile.Read(ref _refused);

    public static RefusingReplica Start()
    {
        var replica = new RefusingReplica();
        replica._listener.Start();
        replica._serving = replica.ServeAllAsync();
        return replica;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAllAsync()
    {
        var connections = new List<Task>();
        while (!_end.IsCancellationRequested)
            connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(TcpClient peer)
    {
        using var client = peer;
        var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[PrefaceBytes], _end.Token);
        await WriteAsync(stream, Settings, 0, 0, []);
        byte[] header = new byte[9];
        while (true)
        {
            await stream.ReadExactlyAsync(header, _end.Token);
            await stream.ReadExactlyAsync(new byte[header[0] << 16 | header[1] << 8 | header[2]], _end.Token);
            var (type, flags, id) = (header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)));
            if (type == Settings && (flags & Ends) == 0)
                await WriteAsync(stream, Settings, Ends, 0, []);
            // Without a body: the probe.
            if (type == Headers && (flags & Ends) != 0)
                await WriteAsync(stream, Headers, Ends | EndsHeaders, id, [Status200]);
            if (type == Data && (flags & Ends) != 0)
            {
                Interlocked.Increment(ref _refused);
                await WriteAsync(stream, ResetStream, 0, id, [0, 0, 0, 7]);
            }
        }
    }

    private async Task WriteAsync(NetworkStream stream, byte type, byte flags, int id, byte[] payload)
    {
        byte[] frame = [0, 0, (byte)payload.Length, type, flags, 0, 0, 0, 0, .. payload];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), id);
        await stream.WriteAsync(frame, _end.Token);
    }
}
