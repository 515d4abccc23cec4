using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.Versioning;
using Grpc.Core;
using Grpc.Net.Client.Configuration;
using PromptPlatform.Faults.Tests.Replicas;
using PromptPlatform.Faults.Tests.Replicas.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Faults.Tests;

/// <summary>Two replicas under load, of which one after the other is restarted or killed: no call fails.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class RestartTests
{
    private const int Callers = 16;

    /// <summary>Three thousand calls by default; PROMPTPLATFORM_RESTART_CALLS asks for more.</summary>
    private static readonly int s_calls = int.Parse(Environment.GetEnvironmentVariable("PROMPTPLATFORM_RESTART_CALLS") ?? "3000", CultureInfo.InvariantCulture);

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<int, int> _callsByProcess = new();
    private readonly ConcurrentQueue<Status> _failures = new();
    private int _next;
    private ReplicaPair _replicas = null!;

    [SetUp]
    public async Task StartReplicasAsync()
    {
        _next = 0;
        _failures.Clear();
        _callsByProcess.Clear();
        _replicas = new ReplicaPair();
        await _replicas.StartAsync().WithinAsync(60);
    }

    [TearDown]
    public void EndReplicas() => _replicas.Dispose();

    [Test]
    public Task RollingRestart_UnderLoad_FailsNoCall() => RunAsync(replica => replica.StopAsync(), retries: null);

    [Test]
    public Task Kill_UnderLoad_FailsNoCallThatMayBeSentTwice() => RunAsync(replica => replica.KillAsync(), new RetryPolicy
    {
        MaxAttempts = 5,
        InitialBackoff = TimeSpan.FromMilliseconds(10),
        MaxBackoff = TimeSpan.FromMilliseconds(200),
        BackoffMultiplier = 2,
        RetryableStatusCodes = { StatusCode.Unavailable },
    });

    private async Task RunAsync(Func<ReplicaProcess, Task> end, RetryPolicy? retries)
    {
        using var channel = _replicas.Open(retries);
        var client = new ReplicaService.ReplicaServiceClient(channel);

        var load = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => CallAsync(client)));
        int ends = await _replicas.DisturbAsync(end, load, replica => _callsByProcess.ContainsKey(replica.Id)).WithinAsync(600);
        await load.WithinAsync();

        TestContext.Out.WriteLine($"{s_calls} calls, {ends} ends of a replica, {_callsByProcess.Count} processes answered, {_failures.Count} calls failed");
        Assert.That(_failures, Is.Empty);
        Assert.That(_callsByProcess.Values.Sum(), Is.EqualTo(s_calls));
        Assert.That(_callsByProcess, Has.Count.GreaterThan(2), "no restarted replica was called");
    }

    private async Task CallAsync(ReplicaService.ReplicaServiceClient client)
    {
        for (int number = Interlocked.Increment(ref _next); number <= s_calls; number = Interlocked.Increment(ref _next))
        {
            try
            {
                var answer = await client.EchoAsync(new EchoRequest { Number = number }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + s_deadline);
                Assert.That(answer.Number, Is.EqualTo(number));
                _callsByProcess.AddOrUpdate(answer.ProcessId, 1, (_, calls) => calls + 1);
            }
            catch (RpcException failure)
            {
                _failures.Enqueue(failure.Status);
            }
        }
    }
}
