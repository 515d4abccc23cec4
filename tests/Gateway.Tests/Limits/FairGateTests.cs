using PromptPlatform.Gateway.Limits;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Limits;

internal sealed class FairGateTests
{
    private static readonly Guid s_hot = Guid.NewGuid();
    private static readonly Guid s_quiet = Guid.NewGuid();
    private readonly TestClock _clock = new();

    [Test]
    public async Task Tenant_WithEveryPlaceOfItsShare_LeavesRoomForOthers()
    {
        var gate = Gate(room: 10, waiting: 1000);

        Enter(gate, s_hot, 1000);
        var (inFlight, waiting) = (gate.InFlight, gate.Waiting);
        var quiet = Enter(gate, s_quiet, 2);

        Assert.That((inFlight, waiting), Is.EqualTo((8, 992)));
        Assert.That(await Task.WhenAll(quiet).WithinAsync(), Has.All.EqualTo(Entry.Entered));
    }

    [Test]
    public async Task Room_ThatBecomesFree_GoesToTheTenantWithTheFewestInFlight()
    {
        var gate = Gate(room: 10, waiting: 1000);
        Enter(gate, s_hot, 100);
        var quiet = Enter(gate, s_quiet, 4);
        bool[] before = [.. quiet.Select(q => q.IsCompleted)];

        gate.Leave(s_hot);
        gate.Leave(s_hot);

        Assert.That(before, Is.EqualTo(new[] { true, true, false, false }));
        Assert.That(await Task.WhenAll(quiet).WithinAsync(), Has.All.EqualTo(Entry.Entered));
        Assert.That((gate.InFlight, gate.Waiting), Is.EqualTo((10, 92)));
    }

    [Test]
    public async Task Tenant_WithTheMost_IsRefusedFirstWhoeverComesLast()
    {
        var gate = Gate(room: 10, waiting: 20);

        var hot = Enter(gate, s_hot, 100);
        var quiet = Enter(gate, s_quiet, 10);

        // 8 in flight and 20 waiting, the last 8 of which gave way to the quiet one's.
        Assert.That(await Task.WhenAll(hot[20..]).WithinAsync(), Has.All.EqualTo(Entry.Full));
        Assert.That(hot[..20].Select(h => h.IsCompleted), Is.EqualTo(Enumerable.Range(0, 20).Select(i => i < 8)));
        Assert.That(quiet.Select(q => q.IsCompleted), Is.EqualTo(Enumerable.Range(0, 10).Select(i => i < 2)));
        Assert.That((gate.InFlight, gate.Waiting), Is.EqualTo((10, 20)));
    }

    [Test]
    public async Task Request_WaitsNoLongerThanItsTime()
    {
        var gate = Gate(room: 1, waiting: 10);
        var waiting = Enter(gate, s_hot, 2)[1];
        bool before = waiting.IsCompleted;

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That((before, await waiting.WithinAsync(), gate.Waiting), Is.EqualTo((false, Entry.WaitedInVain, 0)));
    }

    [Test]
    public async Task Request_WhoseCallerLeaves_LeavesTheQueue()
    {
        var gate = Gate(room: 1, waiting: 10);
        using var caller = new CancellationTokenSource();
        Enter(gate, s_hot, 1);
        var waiting = gate.EnterAsync(s_quiet, caller.Token).AsTask();

        await caller.CancelAsync();

        Assert.That((await waiting.WithinAsync(), gate.Waiting), Is.EqualTo((Entry.WaitedInVain, 0)));
    }

    [Test]
    public async Task Places_AreAllGivenBack()
    {
        var gate = Gate(room: 7, waiting: 5000);
        var tenants = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();
        int most = 0;
        async Task VisitAsync(Guid tenant)
        {
            if (await gate.EnterAsync(tenant, CancellationToken.None) != Entry.Entered)
                return;
            most = Math.Max(most, gate.InFlight);
            await Task.Yield();
            gate.Leave(tenant);
        }

        await Task.WhenAll(Enumerable.Range(0, 5000).Select(i => Task.Run(() => VisitAsync(tenants[i % 5])))).WithinAsync();

        Assert.That((gate.InFlight, gate.Waiting, most <= 7), Is.EqualTo((0, 0, true)));
    }

    private FairGate Gate(int room, int waiting)
    {
        var options = new SheddingOptions { MinInFlight = room, MaxInFlight = room, InFlight = room, MaxWaiting = waiting };
        return new FairGate(options, new AdaptiveLimit(options, _clock), _clock);
    }

    private static List<Task<Entry>> Enter(FairGate gate, Guid tenant, int times) =>
        [.. Enumerable.Range(0, times).Select(_ => gate.EnterAsync(tenant, CancellationToken.None).AsTask())];
}
