namespace PromptPlatform.Redis;

/// <summary>Redis over one pipelined connection that is opened again when it ends. Every command has a deadline and fails at once while Redis is away.</summary>
public sealed class RedisClient : IAsyncDisposable
{
    private static readonly TimeSpan s_stall = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);
    private readonly RedisOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private volatile RedisConnection? _connection;
    private volatile string _lastFault = "not tried yet";

    /// <summary>Begins to connect.</summary>
    /// <param name="options">Where Redis is.</param>
    /// <param name="clock">Counts deadlines and pauses: the clock by which the network runs.</param>
    public RedisClient(RedisOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Whether there is a connection that has logged in.</summary>
    public bool IsConnected => _connection is not null;

    /// <summary>Sends a command, e.g. <c>"GET", key</c>.</summary>
    /// <exception cref="RedisUnavailableException">Redis is away or too slow.</exception>
    /// <exception cref="RedisErrorException">Redis refused it.</exception>
    public Task<RedisReply> SendAsync(params ReadOnlySpan<string> words) =>
        _connection is { } connection
            ? SendAsync(connection, RespWriter.Write(words), _options.CommandTimeout)
            : Task.FromException<RedisReply>(new RedisUnavailableException("there is no connection to Redis: " + _lastFault));

    /// <summary>Runs a script.</summary>
    /// <exception cref="RedisUnavailableException">Redis is away or too slow.</exception>
    /// <exception cref="RedisErrorException">Redis refused it, or the script failed.</exception>
    public async Task<RedisReply> RunAsync(RedisScript script, string[] keys, string[] arguments)
    {
        string count = keys.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            return await SendAsync(["EVALSHA", script.Hash, count, .. keys, .. arguments]);
        }
        catch (RedisErrorException error) when (error.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return await SendAsync(["EVAL", script.Text, count, .. keys, .. arguments]);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    private async Task<RedisReply> SendAsync(RedisConnection connection, byte[] command, TimeSpan timeout)
    {
        var sent = connection.Send(command, _options.MaxPending) ?? throw new RedisUnavailableException("too many commands wait for Redis, or its connection has ended");
        RedisReply reply;
        try
        {
            reply = await sent.WaitAsync(timeout, _clock);
        }
        catch (TimeoutException)
        {
            // A peer that is frozen or gone without a word keeps its connection open.
            if (connection.Stalled > s_stall)
                connection.Abort();
            throw new RedisUnavailableException($"Redis did not answer within {timeout.TotalMilliseconds:0} ms");
        }
        return reply.Kind == RedisReplyKind.Error ? throw new RedisErrorException(reply.Text) : reply;
    }

    private async Task RunAsync()
    {
        var pause = s_firstPause;
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync();
                pause = s_firstPause;
            }
            catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException or OperationCanceledException or RedisException)
            {
                // Whoever sends a command hears of it.
                _lastFault = error.Message;
                pause = TimeSpan.FromTicks(Math.Min(s_longestPause.Ticks, pause.Ticks * 2));
            }
            await Task.Delay(pause, _clock, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunOnceAsync()
    {
        using var deadline = new CancellationTokenSource(_options.ConnectTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _end.Token);
        using var connection = await RedisConnection.OpenAsync(_options, _clock, either.Token);
        using var ending = _end.Token.Register(connection.Abort);
        var running = connection.RunAsync();
        try
        {
            await LogInAsync(connection);
            _connection = connection;
        }
        catch
        {
            connection.Abort();
            await running;
            throw;
        }
        await running;
        _connection = null;
        _lastFault = "the last one ended";
    }

    private async Task LogInAsync(RedisConnection connection)
    {
        if (_options.Password is { } password)
            await SendAsync(connection, _options.User is { } user ? RespWriter.Write("AUTH", user, password) : RespWriter.Write("AUTH", password), _options.ConnectTimeout);
        if (_options.Database != 0)
            await SendAsync(connection, RespWriter.Write("SELECT", _options.Database.ToString(System.Globalization.CultureInfo.InvariantCulture)), _options.ConnectTimeout);
        await SendAsync(connection, RespWriter.Write("PING"), _options.ConnectTimeout);
    }
}
