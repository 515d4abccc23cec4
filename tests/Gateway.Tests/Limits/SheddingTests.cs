using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Limits;

/// <summary>A hot tenant asks a hundred times as much as a quiet one of a service that answers only when the test lets it.</summary>
internal sealed class SheddingTests
{
    private const int Room = 10;
    private const int Waiting = 100;
    private readonly ConcurrentQueue<(string Who, TaskCompletionSource Release)> _working = new();
    private TestGateway _gateway = null!;
    private string _hot = "";
    private string _quiet = "";

    [SetUp]
    public async Task StartAsync()
    {
        _working.Clear();
        _gateway = await TestGateway.StartAsync(
            "--Connections:MaxPerAddress=2000",
            $"--Shedding:MinInFlight={Room}", $"--Shedding:MaxInFlight={Room}", $"--Shedding:InFlight={Room}", $"--Shedding:MaxWaiting={Waiting}", "--Upstreams:RetryPercent=0");
        (_hot, _quiet) = (_gateway.Auth.CreateKey(), _gateway.Auth.CreateKey());
        // Known keys before the crowd comes.
        await _gateway.EnhanceAsync(_hot);
        await _gateway.EnhanceAsync(_quiet);
        _gateway.Echo.Answer = WorkAsync;
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _gateway.DisposeAsync();
        _gateway.Errors.Verify();
    }

    [Test]
    public async Task HotTenant_With100TimesTheLoad_DelaysNobodyElse()
    {
        var hot = Send(_hot, "hot", 800);
        await UntilAsync(() => hot.Count(h => h.IsCompleted) == 800 - 8 - Waiting);
        var quiet = Send(_quiet, "quiet", 5);

        // Two find room at once though hundreds came before them; each place that becomes free is then theirs, up to half.
        await UntilAsync(() => Working("quiet") == 2);
        // The other three wait, each in the place of one of the hot tenant's.
        await UntilAsync(() => hot.Count(h => h.IsCompleted) == 800 - 8 - Waiting + 3);
        for (int i = 0; i < 3; i++)
        {
            Release("hot");
            await UntilAsync(() => Working("quiet") == 3 + i);
        }
        int ofHot = Working("hot");
        await ReleaseUntilAsync(() => quiet.All(q => q.IsCompleted) && hot.All(h => h.IsCompleted));

        Assert.That(ofHot, Is.EqualTo(8), "no place went to the hot tenant while the quiet one waited");
        Assert.That(await StatusesAsync(quiet), Has.All.EqualTo(200));
        Assert.That((await StatusesAsync(hot)).GroupBy(s => s).Select(g => (g.Key, g.Count())).Order(), Is.EqualTo(new[] { (200, 105), (429, 695) }));
    }

    [Test]
    public async Task Request_ThatIsShed_SaysSo()
    {
        var hot = Send(_hot, "hot", 200);
        await UntilAsync(() => hot.Any(h => h.IsCompleted));

        var refused = await hot.First(h => h.IsCompleted);

        Assert.That((int)refused.StatusCode, Is.EqualTo(429));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("\"code\":\"overloaded\""));
        Assert.That(refused.Headers.GetValues("Retry-After").Single(), Is.EqualTo("1"));
        await ReleaseUntilAsync(() => hot.All(h => h.IsCompleted));
    }

    [Test]
    public async Task FullHouse_LetsHealthAndRevocationsThrough()
    {
        var hot = Send(_hot, "hot", 200);
        var quiet = Send(_quiet, "quiet", 200);
        await UntilAsync(() => hot.Any(h => h.IsCompleted) && _working.Count == Room);

        var health = await _gateway.GetAsync("/health/ready");
        var revocation = _gateway.SendAsync(_gateway.Request(HttpMethod.Delete, "/v1/api-keys/key_1", _quiet));
        await UntilAsync(() => _working.Count == Room + 1);
        await ReleaseUntilAsync(() => hot.Concat(quiet).Append(revocation).All(h => h.IsCompleted));

        Assert.That(((int)health.StatusCode, (int)(await revocation).StatusCode), Is.EqualTo((200, 200)));
    }

    [Test]
    public async Task Answers_ThatGoOn_HoldNoPlace()
    {
        var end = new TaskCompletionSource();
        _gateway.Echo.Answer = async http =>
        {
            await http.Response.WriteAsync("data: 1\n\n");
            await http.Response.Body.FlushAsync();
            await end.Task;
        };

        // Three times the room of one tenant.
        var streams = Enumerable.Range(0, 24).Select(_ => _gateway.SendAsync(_gateway.Request(HttpMethod.Get, "/v1/enhancements", _hot), HttpCompletionOption.ResponseHeadersRead)).ToList();
        var begun = await Task.WhenAll(streams).WithinAsync();
        end.SetResult();

        Assert.That(begun.Select(b => (int)b.StatusCode), Has.All.EqualTo(200));
    }

    private async Task WorkAsync(HttpContext http)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _working.Enqueue((http.Request.Query["who"].ToString(), release));
        await release.Task.WaitAsync(http.RequestAborted);
        await http.Response.WriteAsync("{}");
    }

    private List<Task<HttpResponseMessage>> Send(string key, string who, int times) =>
        [.. Enumerable.Range(0, times).Select(_ => _gateway.SendAsync(_gateway.Request(HttpMethod.Get, "/v1/enhancements?who=" + who, key)))];

    private int Working(string who) => _working.Count(w => w.Who == who);

    private void Release(string who) => _working.First(w => w.Who == who && !w.Release.Task.IsCompleted).Release.SetResult();

    private Task ReleaseUntilAsync(Func<bool> holds) => UntilAsync(() =>
    {
        foreach (var (_, release) in _working)
            release.TrySetResult();
        return holds();
    });

    private static async Task UntilAsync(Func<bool> holds)
    {
        async Task LoopAsync()
        {
            while (!holds())
                await Task.Delay(1);
        }
        await LoopAsync().WithinAsync();
    }

    private static async Task<int[]> StatusesAsync(IEnumerable<Task<HttpResponseMessage>> answers) => [.. (await Task.WhenAll(answers)).Select(a => (int)a.StatusCode)];
}
