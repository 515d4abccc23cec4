using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading.Channels;

namespace PromptPlatform.Redis;

/// <summary>One connection, from connecting to its end. Replies come in the order of the commands.</summary>
internal sealed class RedisConnection : IDisposable
{
    private readonly Stream _stream;
    private readonly PipeWriter _output;
    private readonly PipeReader _input;
    private readonly TimeProvider _clock;
    private readonly Channel<Pending> _outgoing;
    private readonly ConcurrentQueue<Pending> _sent = new();
    private readonly CancellationTokenSource _end = new();
    private int _unanswered;

    private RedisConnection(Stream stream, TimeProvider clock)
    {
        _stream = stream;
        _clock = clock;
        _output = PipeWriter.Create(stream);
        _input = PipeReader.Create(stream);
        _outgoing = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    }

    /// <summary>Connects and completes TLS. The caller logs in while <see cref="RunAsync"/> runs.</summary>
    public static async Task<RedisConnection> OpenAsync(RedisOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellation);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (options.Tls)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = options.TlsHost ?? options.Host }, cancellation);
                stream = tls;
            }
            return new RedisConnection(stream, clock);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>How long the oldest command has waited for its reply.</summary>
    public TimeSpan Stalled => _sent.TryPeek(out var oldest) ? _clock.GetElapsedTime(oldest.SentAt) : TimeSpan.Zero;

    /// <summary>Queues a command; null when <paramref name="max"/> are unanswered already or the connection has ended.</summary>
    public Task<RedisReply>? Send(byte[] command, int max)
    {
        if (Interlocked.Increment(ref _unanswered) <= max)
        {
            var pending = new Pending(command, _clock.GetTimestamp());
            if (_outgoing.Writer.TryWrite(pending))
                return pending.Reply.Task;
        }
        Interlocked.Decrement(ref _unanswered);
        return null;
    }

    /// <summary>Writes commands and reads replies until the connection ends; what is unanswered then fails.</summary>
    public async Task RunAsync()
    {
        var writing = WriteAsync();
        var reading = ReadAsync();
        var first = await Task.WhenAny(writing, reading);
        _outgoing.Writer.TryComplete();
        Abort();
        try
        {
            await Task.WhenAll(writing, reading);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or InvalidDataException or ObjectDisposedException)
        {
            var reason = new RedisUnavailableException("the connection to Redis ended", first.Exception?.InnerException ?? error);
            while (_sent.TryDequeue(out var pending) || _outgoing.Reader.TryRead(out pending))
                pending.Fail(reason);
        }
    }

    /// <summary>Ends the connection.</summary>
    public void Abort() => _end.Cancel();

    public void Dispose()
    {
        _end.Dispose();
        _stream.Dispose();
    }

    private async Task WriteAsync()
    {
        while (await _outgoing.Reader.WaitToReadAsync(_end.Token))
        {
            while (_outgoing.Reader.TryRead(out var pending))
            {
                _sent.Enqueue(pending);
                _output.Write(pending.Command);
            }
            await _output.FlushAsync(_end.Token);
        }
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            var read = await _input.ReadAsync(_end.Token);
            var buffer = read.Buffer;
            while (RespReader.TryRead(ref buffer, out var reply))
            {
                if (!_sent.TryDequeue(out var pending))
                    throw new InvalidDataException("a reply came that nobody asked for");
                Interlocked.Decrement(ref _unanswered);
                pending.Reply.TrySetResult(reply);
            }
            _input.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                throw new IOException("Redis closed the connection");
        }
    }

    private sealed record Pending(byte[] Command, long SentAt)
    {
        public TaskCompletionSource<RedisReply> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Fail(Exception error)
        {
            Reply.TrySetException(error);
            // Its caller may have given up; then nobody else looks at it.
            _ = Reply.Task.Exception;
        }
    }
}
