using System.Globalization;
using Microsoft.Extensions.Options;
using PromptPlatform.Redis;

namespace PromptPlatform.Gateway.Limits;

/// <summary>
/// The buckets that all gateways share, in Redis: one script charges all buckets of a request or none. While Redis is away, slow or
/// refuses, nobody is charged here and the caller's local buckets decide.
/// </summary>
internal sealed class SharedBuckets : IAsyncDisposable
{
    private const string ScriptName = "limits/charge.lua";
    private static readonly RedisScript s_script = new(ReadScript());
    private readonly RedisClient _redis;
    private readonly StoreBreaker _breaker;
    private readonly LimitMetrics _metrics;
    private readonly ILogger<SharedBuckets> _logger;

    /// <param name="redis">Where it is.</param>
    /// <param name="options">How long it may take.</param>
    /// <param name="metrics">Counts who decided.</param>
    /// <param name="logger">Told when that changes.</param>
    public SharedBuckets(RedisOptions redis, IOptions<SharedLimitOptions> options, LimitMetrics metrics, ILogger<SharedBuckets> logger)
    {
        // Deadlines of the network are counted by its own clock, also where a test turns that of the limits.
        _redis = new RedisClient(redis with { CommandTimeout = options.Value.Timeout }, TimeProvider.System);
        _breaker = new StoreBreaker(options.Value.BreakAfterFailures, options.Value.BreakFor, TimeProvider.System);
        _metrics = metrics;
        _logger = logger;
    }

    /// <summary>Charges all of the buckets, or none when one is empty. Null: Redis did not answer, the local buckets decide.</summary>
    public async Task<BucketState[]?> TryChargeAsync(params SharedBucket[] buckets)
    {
        if (_breaker.MayTry())
        {
            try
            {
                var reply = await _redis.RunAsync(s_script, [.. buckets.Select(b => b.Key)], [.. buckets.SelectMany(Arguments)]);
                var states = Read(reply.Numbers(), buckets);
                if (_breaker.Succeeded())
                    _logger.SharedLimitsBack();
                _metrics.DecidedBy("shared");
                return states;
            }
            catch (RedisException error)
            {
                if (_breaker.Failed())
                    _logger.SharedLimitsAway(error.Message);
            }
        }
        _metrics.DecidedBy("local");
        return null;
    }

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    // Microseconds: what the script reckons in.
    private static IEnumerable<string> Arguments(SharedBucket bucket) =>
        [(1e6 / bucket.PerSecond).ToString("R", CultureInfo.InvariantCulture), bucket.Burst.ToString(CultureInfo.InvariantCulture)];

    // For each bucket: 1 or 0, tokens left, microseconds until it is full, microseconds until the next token.
    private static BucketState[] Read(long[] numbers, SharedBucket[] buckets) =>
        numbers.Length != buckets.Length * 4
            ? throw new RedisErrorException("the script of the limits answered with something else")
            : [.. buckets.Select((bucket, i) => new BucketState(
                numbers[4 * i] == 1, bucket.Burst, (int)numbers[4 * i + 1], TimeSpan.FromMicroseconds(numbers[4 * i + 2]), TimeSpan.FromMicroseconds(numbers[4 * i + 3])))];

    private static string ReadScript()
    {
        using var stream = typeof(SharedBuckets).Assembly.GetManifestResourceStream(ScriptName) ?? throw new InvalidOperationException(ScriptName + " is missing");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
