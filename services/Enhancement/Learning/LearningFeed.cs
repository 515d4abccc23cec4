using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Options;
using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Enhancement.Learning;

/// <summary>
/// Keeps in memory what organisations have learned; looked for in the background for those that had prompts enhanced lately, never asked for per request.
/// Analytics away: the last snapshots stay. None yet, or personalisation off: nothing is learned, and the policy alone decides.
/// </summary>
internal sealed class LearningFeed(LearningService.LearningServiceClient analytics, IOptions<LearningOptions> options, TimeProvider clock, ILogger<LearningFeed> logger) : BackgroundService
{
    private const int MaxKept = 10_000;
    private const int MaxPerCall = 100;

    private static readonly TimeSpan s_forgottenAfter = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, Kept> _kept = new();
    private readonly Channel<Guid> _newcomer = Channel.CreateBounded<Guid>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>What an organisation has learned; null where personalisation is off or nothing has come yet. Waits for nothing.</summary>
    public OrganizationLearning? Find(Guid orgId)
    {
        if (_kept.TryGetValue(orgId, out var kept))
        {
            kept.AskedAt = clock.GetUtcNow();
            return kept.Learning;
        }
        if (_kept.Count < MaxKept && _kept.TryAdd(orgId, new Kept { AskedAt = clock.GetUtcNow() }))
            _newcomer.Writer.TryWrite(orgId);
        return null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryRefreshAsync(stoppingToken);
            // An organisation that comes for the first time ends the wait.
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(Task.Delay(options.Value.RefreshInterval, clock, patience.Token), _newcomer.Reader.WaitToReadAsync(patience.Token).AsTask());
            await patience.CancelAsync();
            _newcomer.Reader.TryRead(out _);
        }
    }

    /// <summary>Looks once for all.</summary>
    internal async Task RefreshAsync(CancellationToken cancellation)
    {
        foreach (var (orgId, _) in _kept.Where(k => k.Value.AskedAt < clock.GetUtcNow() - s_forgottenAfter))
            _kept.TryRemove(orgId, out _);
        var open = new Queue<Guid>(_kept.Keys);
        while (open.Count > 0)
        {
            var asked = open.Take(MaxPerCall).ToList();
            var request = new FindLearningSnapshotsRequest();
            request.Organizations.AddRange(asked.Select(id => new KnownSnapshot { OrganizationId = id.ToString("N"), Version = VersionOf(id) }));
            var answer = await analytics.FindLearningSnapshotsAsync(request, deadline: clock.GetUtcNow().UtcDateTime + options.Value.Timeout, cancellationToken: cancellation);
            foreach (var snapshot in answer.Organizations)
                Take(snapshot);
            // Analytics answers from the first on, as many as fit. None at all would go on for ever.
            for (int i = 0; i < (answer.Organizations.Count == 0 ? asked.Count : answer.Organizations.Count) && open.Count > 0; i++)
                open.Dequeue();
        }
    }

    private async Task TryRefreshAsync(CancellationToken cancellation)
    {
        try
        {
            await RefreshAsync(cancellation);
        }
        catch (Exception error) when (error is RpcException or OperationCanceledException)
        {
            // The host stops: that is no news.
            if (!cancellation.IsCancellationRequested)
                logger.LearningUnread(error is RpcException rpc ? rpc.StatusCode.ToString() : "cancelled");
        }
    }

    private void Take(OrganizationSnapshot message)
    {
        if (!Guid.TryParseExact(message.OrganizationId, "N", out var id) || !_kept.TryGetValue(id, out var kept) || message.Unchanged)
            return;
        kept.Learning = message.Personalization ? new OrganizationLearning(id, LearningSnapshot.From(message)) : null;
    }

    private string VersionOf(Guid orgId) => _kept.TryGetValue(orgId, out var kept) ? kept.Learning?.Snapshot.Version ?? "" : "";

    private sealed class Kept
    {
        private long _askedAt;
        private volatile OrganizationLearning? _learning;

        public DateTimeOffset AskedAt
        {
            get => new(Volatile.Read(ref _askedAt), TimeSpan.Zero);
            set => Volatile.Write(ref _askedAt, value.UtcTicks);
        }

        public OrganizationLearning? Learning
        {
            get => _learning;
            set => _learning = value;
        }
    }
}
