using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using PromptPlatform.Faults.Tests.Ledgers;
using PromptPlatform.TestKit;

namespace PromptPlatform.Faults.Tests;

/// <summary>Outbox, broker and inbox under kill -9 of each part: in the end the ledger is the list of committed sales, entry for entry.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class LedgerTests
{
    private const int WaitSeconds = 1800;
    private const int SayEverySeconds = 15;

    /// <summary>Three thousand events and one kill of each part by default; these ask for more.</summary>
    private static readonly int s_events = Setting("PROMPTPLATFORM_LEDGER_EVENTS", 3000);
    private static readonly int s_kills = Setting("PROMPTPLATFORM_LEDGER_KILLS", 1);
    private static readonly int s_seed = Setting("PROMPTPLATFORM_LEDGER_SEED", 20261121);

    [Test]
    public async Task Ledger_WhileEveryPartIsKilled_AgreesWithWhatWasCommitted()
    {
        var watch = Stopwatch.StartNew();
        await using var world = await LedgerWorld.StartAsync();
        var started = watch.Elapsed;

        await SellAndKillAsync(world, new Random(s_seed));
        var sold = watch.Elapsed;
        long backlog = s_events - await world.EntriesAsync();
        await Eventually(async () => await world.SalesAsync() is var sales && sales.Repeated == s_events / RepeatSales.OneIn && sales.Unsent == 0, world);
        await Eventually(async () => await world.EntriesAsync() >= s_events, world);
        var drained = watch.Elapsed;
        // Repetitions may still be on their way.
        await Eventually(async () => (await world.FilledQueuesAsync()).All(queue => !queue.StartsWith(LedgerProgram.Consumer + "\t", StringComparison.Ordinal)), world);

        var committed = await world.ReadSalesAsync();
        var ledger = await world.ReadLedgerAsync();
        long repeated = world.Counted("messaging.inbox.duplicates");
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{committed.Count} sales of {committed.Sum(sale => sale.Amount)} committed, {ledger.Count} entries of {ledger.Sum(entry => entry.Amount)}; {s_kills} kills each of {string.Join(", ", world.Parts.Select(part => part.Name))}; " +
            $"{s_events / RepeatSales.OneIn} events sent twice on purpose, {repeated} repetitions dropped by the inbox, {world.Counted("messaging.outbox.failures")} sends failed, {world.Counted("messaging.inbox.waits")} waits for the database; " +
            $"{(drained - started).TotalSeconds:0} s, of which {(drained - sold).TotalSeconds:0} s to drain {backlog} at {backlog / (drained - sold).TotalSeconds:0}/s"));
        Assert.That(committed, Has.Count.EqualTo(s_events));
        Assert.That(committed.Except(ledger), Is.Empty, "lost");
        Assert.That(ledger.CountBy(entry => entry).Where(entry => entry.Value > 1), Is.Empty, "booked twice");
        Assert.That(ledger.Except(committed), Is.Empty, "booked and never committed");
        Assert.That(ledger.Sum(entry => entry.Amount), Is.EqualTo(committed.Sum(sale => sale.Amount)));
        Assert.That(repeated, Is.GreaterThanOrEqualTo(s_events / RepeatSales.OneIn), "what was sent twice did not arrive twice");
        Assert.That(await world.FilledQueuesAsync(), Is.Empty, "in the error queue, or unrouted");
    }

    // Sales come in stages, one per kill: somewhere in each a part is killed, in an order and at moments that the seed decides.
    private static async Task SellAndKillAsync(LedgerWorld world, Random dice)
    {
        var victims = world.Parts.SelectMany(part => Enumerable.Repeat(part, s_kills)).ToArray();
        dice.Shuffle(victims);
        for (int stage = 0; stage < victims.Length; stage++)
        {
            int from = (int)((long)s_events * stage / victims.Length), to = (int)((long)s_events * (stage + 1) / victims.Length);
            int moment = dice.Next(from, to - ((to - from) / 5));
            var away = TimeSpan.FromMilliseconds(dice.Next(100, 3000));
            await world.AllowAsync(to);
            await Eventually(async () => (await world.SalesAsync()).Committed > moment, world);
            await victims[stage].KillAsync();
            await Task.Delay(away);
            await victims[stage].StartAsync();
            TestContext.Progress.WriteLine($"{victims[stage].Name} killed after {moment} sales, away for {away.TotalSeconds:0.0} s and the time of its start");
            await Eventually(async () => (await world.SalesAsync()).Committed == to, world);
        }
    }

    private static async Task Eventually(Func<Task<bool>> holds, LedgerWorld world)
    {
        long since = Environment.TickCount64, said = since;
        while (!await holds())
        {
            if (Environment.TickCount64 - said > SayEverySeconds * 1000)
            {
                said = Environment.TickCount64;
                TestContext.Progress.WriteLine(await world.DescribeAsync());
            }
            Assert.That(Environment.TickCount64 - since, Is.LessThan(WaitSeconds * 1000), "waited in vain");
            await Task.Delay(50);
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
