using System.Globalization;
using System.Runtime.Versioning;
using PromptPlatform.TestKit;

namespace PromptPlatform.Faults.Tests;

/// <summary>kill -9 of the whole process under load: what was acknowledged is there afterwards, once; what is unknown can be asked again.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class KillTests
{
    private const int Clients = 8;

    /// <summary>Three rounds by default; PROMPTPLATFORM_KILL_ROUNDS asks for more.</summary>
    private static readonly int s_rounds = int.Parse(Environment.GetEnvironmentVariable("PROMPTPLATFORM_KILL_ROUNDS") ?? "3", CultureInfo.InvariantCulture);

    private readonly Ledger _ledger = new();
    private string _data = "";

    [SetUp]
    public async Task MakeFolderAsync()
    {
        // Skips, or fails on CI, where there is no server.
        await PostgresServer.AdminAsync().WithinAsync(120);
        _data = Directory.CreateTempSubdirectory("promptplatform-kill-").FullName;
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_data, recursive: true);

    [Test]
    public async Task Kill_UnderLoad_LosesNothingAndDoublesNothing()
    {
        var dice = new Random(20261120);
        for (int round = 0; round < s_rounds; round++)
        {
            using var platform = await StandaloneProcess.StartAsync(_data);
            await _ledger.RetryUnknownAsync(platform.Http).WithinAsync(60);
            var load = Enumerable.Range(0, Clients).Select(client => LoadAsync(platform, round, client)).ToArray();
            await Task.Delay(dice.Next(400, 1500));
            await platform.KillAsync();
            await Task.WhenAll(load).WithinAsync(60);
        }
        using var last = await StandaloneProcess.StartAsync(_data);
        await _ledger.RetryUnknownAsync(last.Http).WithinAsync(60);
        var history = await History.ReadAsync(last.Http).WithinAsync(120);

        TestContext.Out.WriteLine($"{s_rounds} kills, {_ledger.Acknowledged.Count} acknowledged, {_ledger.Retried} retried");
        Assert.That(_ledger.Acknowledged, Is.Not.Empty);
        Assert.That(history.Select(h => h.Id), Is.Unique);
        Assert.That(_ledger.Acknowledged.Keys.Except(history.Select(h => h.Id)), Is.Empty, "acknowledged, and not in the history");
        Assert.That(history.GroupBy(h => h.Original).Where(g => g.Count() > 1).Select(g => g.Key), Is.Empty, "done twice");
        await Usage.WaitUntilMeteredAsync(last.Http, history.Count).WithinAsync(60);
    }

    private async Task LoadAsync(StandaloneProcess platform, int round, int client)
    {
        for (int i = 0; ; i++)
        {
            var operation = new Operation($"Write a short note number {round}-{client}-{i} about the sea.", Guid.NewGuid().ToString());
            if (!await _ledger.SendAsync(platform.Http, operation))
                return;
        }
    }
}
