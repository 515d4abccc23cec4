using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace PromptPlatform.GrpcTransport;

/// <summary>What a channel repeats: the policies by method, the budget they share, and how many bytes may be kept for repeating.</summary>
internal sealed class RetryRules
{
    private readonly Dictionary<(string? Service, string? Method), MethodRetry?> policies = [];
    private readonly Lock dice = new();
    private readonly Random random = new();
    private readonly long mostPerCall;
    private readonly long mostInAll;
    private long kept;

    public RetryRules(GrpcChannelOptions options)
    {
        mostPerCall = options.MaxRetryBufferPerCallSize ?? long.MaxValue;
        mostInAll = options.MaxRetryBufferSize ?? long.MaxValue;
        Throttle = options.ServiceConfig?.RetryThrottling is { } throttling ? new RetryThrottle(throttling) : null;
        foreach (MethodConfig config in options.ServiceConfig?.MethodConfigs ?? [])
        {
            MethodRetry? policy = config.RetryPolicy is { } given ? MethodRetry.Create(given, options.MaxRetryAttempts ?? int.MaxValue) : null;
            foreach (MethodName name in config.Names)
            {
                Add(name, policy);
            }
        }
    }

    public RetryThrottle? Throttle { get; }

    public MethodRetry? Of(IMethod method) => policies.Count == 0 ? null
        : policies.TryGetValue((method.ServiceName, method.Name), out MethodRetry? exact) ? exact
        : policies.TryGetValue((method.ServiceName, null), out MethodRetry? service) ? service
        : policies.GetValueOrDefault((null, null));

    /// <summary>Sets bytes of a request aside for repeating it; false: too many, the call is not repeated. Give them back.</summary>
    public bool TryKeep(long bytes)
    {
        if (bytes <= mostPerCall && Interlocked.Add(ref kept, bytes) <= mostInAll)
        {
            return true;
        }

        if (bytes <= mostPerCall)
        {
            GiveBack(bytes);
        }

        return false;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref kept, -bytes);

    /// <summary>A random wait up to the longest, so that clients that failed together do not come back together.</summary>
    public TimeSpan Jitter(TimeSpan longest)
    {
        lock (dice)
        {
            // CA5394: no secret depends on it.
#pragma warning disable CA5394
            return longest * random.NextDouble();
#pragma warning restore CA5394
        }
    }

    private void Add(MethodName name, MethodRetry? policy)
    {
        string? service = name.Service is { Length: > 0 } ? name.Service : null;
        string? method = name.Method is { Length: > 0 } ? name.Method : null;
        if (service is null && method is not null)
        {
            throw new InvalidOperationException($"Method name '{method}' has no service.");
        }

        if (!policies.TryAdd((service, method), policy))
        {
            throw new InvalidOperationException($"Duplicate method config found. Service: '{service}', method: '{method}'.");
        }
    }
}
