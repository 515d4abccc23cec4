using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>Retries that one cluster may have: a share of its requests, and a burst that is full at the start.</summary>
internal sealed class RetryBudget(int percent, int burst)
{
    // In hundredths of a retry.
    private const int Whole = 100;
    private readonly int _full = percent == 0 ? 0 : burst * Whole;
    private int _left = percent == 0 ? 0 : burst * Whole;

    /// <summary>A request came: it pays its share in.</summary>
    public void Deposit()
    {
        int left = Volatile.Read(ref _left);
        // A lost race loses a hundredth of a retry at most.
        if (left < _full)
            Interlocked.CompareExchange(ref _left, Math.Min(_full, left + percent), left);
    }

    /// <summary>Takes a retry when there is one.</summary>
    public bool TryTake()
    {
        int left;
        do
        {
            left = Volatile.Read(ref _left);
            if (left < Whole)
                return false;
        }
        while (Interlocked.CompareExchange(ref _left, left - Whole, left) != left);
        return true;
    }
}

/// <summary>The budgets by cluster.</summary>
internal sealed class RetryBudgets(IOptions<UpstreamOptions> options)
{
    private readonly ConcurrentDictionary<string, RetryBudget> _budgets = new(StringComparer.Ordinal);

    /// <summary>The budget of a cluster.</summary>
    public RetryBudget Of(string cluster) =>
        _budgets.TryGetValue(cluster, out var known) ? known : _budgets.GetOrAdd(cluster, _ => new RetryBudget(options.Value.RetryPercent, options.Value.RetryBurst));
}
