using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Upstreams;

internal sealed class EjectionTests : ReplicaTest
{
    // Long enough that nobody comes back within a test that does not wait for it.
    private const string LongEjection = "--Upstreams:Ejection=00:05:00";

    [Test]
    public async Task Requests_AreSpreadOverTheReplicas()
    {
        await StartGatewayAsync();

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => ReadAsync()));

        Assert.That((A.State.Requests > 10, B.State.Requests > 10), Is.EqualTo((true, true)), $"{A.State.Requests} and {B.State.Requests}");
    }

    [TestCase(500)]
    [TestCase(503)]
    public async Task Replica_ThatFailsWhereItsSiblingDoesNot_IsEjected(int status)
    {
        await StartGatewayAsync(LongEjection, "--Upstreams:MaxEjection=00:05:00");
        A.State.Behaviour = ReplicaState.Say(status);

        await ReadUntilAsync(() => A.State.Requests >= 3);
        await ReadUntilAsync(() => IsEjected("0"));
        int before = A.State.Requests;
        int[] statuses = await ReadAsync(20);

        Assert.That(statuses, Has.All.EqualTo(200));
        Assert.That(A.State.Requests, Is.EqualTo(before));
    }

    [Test]
    public async Task Replica_ThatResets_IsEjectedComesBackAndIsEjectedByItsNextFailure()
    {
        await StartGatewayAsync("--Upstreams:Ejection=00:00:05");
        A.State.Behaviour = ReplicaState.Reset;
        await ReadUntilAsync(() => IsEjected("0"));
        int first = A.State.Requests;
        A.State.Behaviour = null;
        Gateway.Clock.Advance(TimeSpan.FromSeconds(5));
        await ReadUntilAsync(() => A.State.Requests == first + 1);
        A.State.Behaviour = ReplicaState.Reset;
        await ReadUntilAsync(() => IsEjected("0"));
        int second = A.State.Requests - first - 1;
        Gateway.Clock.Advance(TimeSpan.FromSeconds(9));
        bool twiceAsLong = IsEjected("0");
        A.State.Behaviour = null;
        Gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        int healed = A.State.Requests;
        await ReadUntilAsync(() => A.State.Requests > healed + 5);

        Assert.That((first, second, twiceAsLong), Is.EqualTo((3, 1, true)));
    }

    [Test]
    public async Task Fault_ThatAllReplicasHave_EjectsNone()
    {
        await StartGatewayAsync(LongEjection, "--Upstreams:RetryPercent=0");
        A.State.Behaviour = B.State.Behaviour = ReplicaState.Say(500);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ReadAsync()));

        Assert.That((IsEjected("0"), IsEjected("1")), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task Replica_ThatDied_TakesNoRequestWithIt()
    {
        await StartGatewayAsync(LongEjection);
        await ReadUntilAsync(() => A.State.Requests > 0 && B.State.Requests > 0);
        await A.DisposeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => WriteAsync($"{{\"prompt\":\"{i}\"}}", null)));

        Assert.That(answers.Select(a => (int)a.StatusCode), Has.All.EqualTo(200));
    }

    [Test]
    public async Task Replica_ThatCannotBeReached_IsEjectedByItsFirstFailure()
    {
        // A probe that fails first would take the requests away: the one at the start has to be over, the next is far.
        await StartGatewayAsync(LongEjection, "--Upstreams:ProbeInterval=00:01:00");
        await ReadUntilAsync(() => IsProbed("0") && IsProbed("1"));
        using var failures = new CounterReading("gateway.upstream.failures");
        await A.DisposeAsync();

        await ReadUntilAsync(() => IsEjected("0"));
        await ReadAsync(20);

        Assert.That(failures.Sum, Is.EqualTo(1));
    }

    [Test]
    public async Task Replicas_ThatAllDied_Are503WithRetryAfter()
    {
        await StartGatewayAsync();
        await A.DisposeAsync();
        await B.DisposeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => WriteAsync("{}", null)));

        Assert.That(answers.Select(a => (int)a.StatusCode), Has.All.EqualTo(503));
        Assert.That(answers.Select(a => a.Headers.GetValues("Retry-After").Single()), Has.All.EqualTo("1"));
    }

    [Test]
    public async Task Replica_ThatIsFrozen_GetsNoRequestsUntilItThaws()
    {
        var thaw = new TaskCompletionSource();
        A.State.Thaw = thaw.Task;
        await StartGatewayAsync("--Upstreams:ProbeTimeout=00:00:05");
        await ProbeUntilAsync(() => Available("catalog") == 1);
        int frozen = A.State.Requests;

        await ReadAsync(20);
        int still = A.State.Requests;
        thaw.SetResult();
        await ProbeUntilAsync(() => Available("catalog") == 2);
        await ReadUntilAsync(() => A.State.Requests > frozen);

        Assert.That(still, Is.EqualTo(frozen));
    }

    [Test]
    public async Task Call_ThatIsUnavailableInItsTrailers_EjectsTheReplica()
    {
        await StartGatewayAsync(LongEjection, "--Upstreams:MaxEjection=00:05:00");
        A.State.Refusal = StatusCode.Unavailable;
        using var channel = Gateway.OpenChannel();
        var client = new EnhancementService.EnhancementServiceClient(channel);

        for (int i = 0; i < 200 && Available("enhancement-grpc") == 2; i++)
            await StatusAsync(client);
        int before = A.State.Requests;
        for (int i = 0; i < 20; i++)
            Assert.That(await StatusAsync(client), Is.EqualTo(StatusCode.OK));

        Assert.That(A.State.Requests, Is.EqualTo(before));
    }

    [Test]
    public async Task Replica_ThatStopsUnderLoad_TakesNoCallWithIt()
    {
        await StartGatewayAsync(LongEjection);
        using var channel = Gateway.OpenChannel();
        var client = new EnhancementService.EnhancementServiceClient(channel);
        var statuses = new System.Collections.Concurrent.ConcurrentBag<StatusCode>();
        async Task CallManyAsync()
        {
            for (int i = 0; i < 100; i++)
                statuses.Add(await StatusAsync(client));
        }

        var load = Task.WhenAll(Enumerable.Range(0, 16).Select(_ => CallManyAsync()));
        while (A.State.Requests < 100)
            await Task.Yield();
        await A.StopAsync();
        await load.WithinAsync(60);

        Assert.That(statuses.GroupBy(s => s).Select(g => (g.Key, g.Count())), Is.EqualTo(new[] { (StatusCode.OK, 1600) }));
        Assert.That(A.State.Requests, Is.LessThan(800));
    }

    [Test]
    public async Task Probes_ThatAllReplicasFail_TakeNobodyAwayButTheEjected()
    {
        await StartGatewayAsync(LongEjection, "--Upstreams:MaxEjection=00:05:00", "--Upstreams:RetryPercent=0");
        A.State.IsDraining = true;
        await ProbeUntilAsync(() => Available("catalog") == 1);
        B.State.IsDraining = true;
        await ProbeUntilAsync(() => Available("catalog") == 2);

        A.State.Behaviour = ReplicaState.Reset;
        await ReadUntilAsync(() => Available("catalog") == 1);

        Assert.That(await ReadAsync(20), Has.All.EqualTo(200));
    }

    private async Task ProbeUntilAsync(Func<bool> holds)
    {
        async Task LoopAsync()
        {
            while (!holds())
            {
                Gateway.Clock.Advance(TimeSpan.FromSeconds(1));
                await ReadAsync();
            }
        }
        await LoopAsync().WithinAsync();
    }

    private async Task<StatusCode> StatusAsync(EnhancementService.EnhancementServiceClient client)
    {
        using var call = client.EnhanceAsync(new EnhanceRequest { Prompt = "hi" }, new Metadata { { "authorization", "Bearer " + Key } });
        try
        {
            await call.ResponseAsync.WithinAsync();
            return StatusCode.OK;
        }
        catch (RpcException error)
        {
            return error.StatusCode;
        }
    }
}
