using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Upstreams;

internal sealed class RetryTests : ReplicaTest
{
    // Whom the balancer chooses is chance: both fail their first request, and nobody is ejected.
    private async Task StartAsync(Func<Microsoft.AspNetCore.Http.HttpContext, Task> failure, params string[] settings)
    {
        int left = 1;
        A.State.Behaviour = B.State.Behaviour = http => Interlocked.Decrement(ref left) >= 0 ? failure(http) : Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, "{}");
        await StartGatewayAsync(settings);
    }

    private int Requests => A.State.Requests + B.State.Requests;

    [Test]
    public async Task Read_ThatAReplicaResets_IsAnsweredByAnother()
    {
        await StartAsync(ReplicaState.Reset);

        int status = await ReadAsync();

        Assert.That((status, A.State.Requests, B.State.Requests), Is.EqualTo((200, 1, 1)));
    }

    [TestCase(500)]
    [TestCase(502)]
    [TestCase(503)]
    [TestCase(504)]
    public async Task Read_ThatAReplicaRefuses_IsAnsweredByAnotherWithoutATraceOfTheFirst(int status)
    {
        await StartAsync(ReplicaState.Say(status));

        var answer = await Gateway.GetAsync("/v1/techniques", Key);

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("{}"));
        Assert.That(answer.Headers.Contains("X-Of-The-Replica"), Is.False);
        Assert.That(answer.Headers.Contains("X-RateLimit-Remaining") && answer.Headers.Contains("X-Request-Id"));
        Assert.That((A.State.Requests, B.State.Requests), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Read_ThatAllReplicasFail_IsAnsweredByTheSecond()
    {
        A.State.Behaviour = B.State.Behaviour = ReplicaState.Say(500);
        await StartGatewayAsync();

        var answer = await Gateway.GetAsync("/v1/techniques", Key);

        Assert.That(((int)answer.StatusCode, Requests), Is.EqualTo((500, 2)));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("refused"));
    }

    [TestCase(StatusCode.Unavailable, "one", StatusCode.OK)]
    [TestCase(StatusCode.Internal, "one", StatusCode.OK)]
    [TestCase(StatusCode.InvalidArgument, "one", StatusCode.InvalidArgument)]
    [TestCase(StatusCode.Unavailable, null, StatusCode.Unavailable)]
    public async Task Call_ThatAReplicaFails_IsAnsweredByAnotherWhenItMayBeRepeated(StatusCode first, string? idempotencyKey, StatusCode expected)
    {
        await StartGatewayAsync();
        A.State.RefuseOnce = B.State.RefuseOnce = new Once(first);
        using var channel = Gateway.OpenChannel();
        var headers = new Metadata { { "authorization", "Bearer " + Key } };
        if (idempotencyKey is not null)
            headers.Add("idempotency-key", idempotencyKey);
        using var call = new EnhancementService.EnhancementServiceClient(channel).EnhanceAsync(new EnhanceRequest { Prompt = "hi" }, headers);

        await Task.WhenAny(call.ResponseAsync).WithinAsync();

        Assert.That(call.GetStatus().StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task Write_WithAnIdempotencyKey_IsSentAgainWithTheSameBody()
    {
        await StartAsync(ReplicaState.Reset);
        string body = new('x', 40_000);

        var answer = await WriteAsync(body, "one");

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(A.State.Bodies.Concat(B.State.Bodies), Is.EqualTo(new[] { body, body }));
    }

    [TestCase("reset")]
    [TestCase("refuse")]
    public async Task Write_WithoutAnIdempotencyKey_IsSentOnce(string how)
    {
        await StartAsync(how == "reset" ? ReplicaState.Reset : ReplicaState.Say(503));

        var answer = await WriteAsync("{}", null);

        Assert.That(((int)answer.StatusCode, Requests), Is.EqualTo((503, 1)));
    }

    [TestCase("reset")]
    [TestCase("refuse")]
    public async Task Write_WithABodyThatIsTooLongToKeep_IsSentOnce(string how)
    {
        await StartAsync(how == "reset" ? ReplicaState.Reset : ReplicaState.Say(503));

        var answer = await WriteAsync(new string('x', 100_000), "one");

        Assert.That(((int)answer.StatusCode, Requests), Is.EqualTo((503, 1)));
        Assert.That(await answer.Content.ReadAsStringAsync(), how == "reset" ? Does.Contain("unavailable") : Is.EqualTo("refused"));
    }

    [Test]
    public async Task Read_ThatWantsAStream_IsSentOnce()
    {
        await StartAsync(ReplicaState.Reset);
        var request = Gateway.Request(HttpMethod.Get, "/v1/techniques", Key);
        request.Headers.Add("Accept", "text/event-stream");

        var answer = await Gateway.SendAsync(request);

        Assert.That(((int)answer.StatusCode, Requests), Is.EqualTo((503, 1)));
    }

    [Test]
    public async Task Retries_StayWithinTheirBudget()
    {
        A.State.Behaviour = B.State.Behaviour = ReplicaState.Say(503);
        await StartGatewayAsync("--Upstreams:RetryPercent=10", "--Upstreams:RetryBurst=2");

        int[] statuses = await ReadAsync(40);

        Assert.That(statuses, Has.All.EqualTo(503));
        // The burst, then one retry for ten requests.
        Assert.That(Requests, Is.InRange(40 + 5, 40 + 6));
    }

    [Test]
    public async Task Call_ThatAReplicaRefusesToBegin_IsSentToAnother()
    {
        await using var refusing = RefusingReplica.Start();
        await StartGatewayAsync($"--services:enhancement:grpc:0={refusing.Address}", $"--services:enhancement:grpc:1={B.Ports.Grpc}", "--Upstreams:EjectAfterFailures=1000");
        using var channel = Gateway.OpenChannel();
        var client = new EnhancementService.EnhancementServiceClient(channel);

        async Task CallUntilRefusedAsync()
        {
            while (refusing.Refused == 0)
                await client.EnhanceAsync(new EnhanceRequest { Prompt = "hi" }, new Metadata { { "authorization", "Bearer " + Key } }).ResponseAsync;
        }
        await CallUntilRefusedAsync().WithinAsync();

        Assert.That(B.State.Requests, Is.GreaterThan(0));
    }

    [TestCase("one", 200, 1)]
    [TestCase(null, 504, 0)]
    public async Task Write_ThatWaitsForAReplicaThatFreezes_IsTakenAwayWhenItMayBeRepeated(string? idempotencyKey, int status, int elsewhere)
    {
        var never = new TaskCompletionSource();
        int left = 1;
        Func<Microsoft.AspNetCore.Http.HttpContext, Task> FreezeFirst(ReplicaState replica) => http =>
        {
            if (Interlocked.Decrement(ref left) < 0)
                return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, "{}");
            replica.Thaw = never.Task;
            return never.Task.WaitAsync(http.RequestAborted);
        };
        A.State.Behaviour = FreezeFirst(A.State);
        B.State.Behaviour = FreezeFirst(B.State);
        await StartGatewayAsync("--Upstreams:ProbeTimeout=00:00:00.5", "--Limits:RequestTimeout=00:00:10");

        var waiting = WriteAsync("{}", idempotencyKey);
        while (!waiting.IsCompleted)
        {
            Gateway.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(waiting, Task.Delay(50));
        }

        Assert.That(((int)(await waiting).StatusCode, Requests - 1), Is.EqualTo((status, elsewhere)));
    }

    [Test]
    public async Task Retry_IsHeldToTheDeadlineOfTheRequest()
    {
        int left = 1;
        A.State.Behaviour = B.State.Behaviour = http => Interlocked.Decrement(ref left) >= 0
            ? ReplicaState.Say(503)(http)
            : Task.Delay(Timeout.Infinite, http.RequestAborted);
        await StartGatewayAsync("--Limits:RequestTimeout=00:00:01");

        Assert.That((await ReadAsync(), Requests), Is.EqualTo((504, 2)));
    }
}
