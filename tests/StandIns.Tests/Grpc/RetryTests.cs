using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

/// <summary>Calls that a server has answered: repeated only where a policy says so.</summary>
public sealed class RetryTests : EchoFixture
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private CallScript script = null!;

    protected override Task<EchoHost> CreateHostAsync()
    {
        script = new CallScript();
        return EchoHost.StartAsync(options => options.Interceptors.Add<ScriptInterceptor>(), services => services.AddSingleton(script));
    }

    [Test]
    public void Call_WithoutAPolicy_IsSentOnce()
    {
        script.Fail(StatusCode.Unavailable);

        Assert.That(FailureOf(Open()), Is.EqualTo(StatusCode.Unavailable));
        Assert.That(script.Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Call_WhosePolicyNamesTheCode_IsRepeatedAndSaysHowOften()
    {
        script.Fail(StatusCode.Unavailable).Fail(StatusCode.Aborted);

        await SayAsync(Open(Policy()));

        Assert.That(script.Attempts, Is.EqualTo(new[] { "", "1", "2" }));
    }

    [Test]
    public async Task Stream_ThatFailsBeforeItsFirstMessage_IsRepeated()
    {
        script.Fail(StatusCode.Unavailable);
        using GrpcChannel channel = Open(Policy());
        using AsyncServerStreamingCall<SayResponse> call = new EchoService.EchoServiceClient(channel).Count(new CountRequest { To = 2 });

        Assert.That(await call.ResponseStream.MoveNext().InTime(), Is.True);
        Assert.That(script.Attempts, Is.EqualTo(new[] { "", "1" }));
    }

    [Test]
    public async Task Stream_ThatFailsAfterItsFirstMessage_IsNotRepeated()
    {
        using GrpcChannel channel = Open(Policy(StatusCode.DataLoss));
        using AsyncServerStreamingCall<SayResponse> call = new EchoService.EchoServiceClient(channel).Count(new CountRequest { To = 3, FailAt = 2 });

        Assert.That(await call.ResponseStream.MoveNext().InTime(), Is.True);
        Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().InTime());
        Assert.That(script.Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Call_WhosePolicyLacksTheCode_IsSentOnce()
    {
        script.Fail(StatusCode.Internal);

        Assert.That(FailureOf(Open(Policy())), Is.EqualTo(StatusCode.Internal));
        Assert.That(script.Attempts, Has.Count.EqualTo(1));
    }

    [TestCase(3, 5, 3)]
    [TestCase(5, 2, 2)]
    public void Call_IsSentNoMoreOftenThanPolicyAndChannelAllow(int policy, int channel, int sent)
    {
        script.Fail(StatusCode.Unavailable, sent);

        FailureOf(Open(Policy(attempts: policy), options => options.MaxRetryAttempts = channel));

        Assert.That(script.Attempts, Has.Count.EqualTo(sent));
    }

    [Test]
    public async Task Call_WhoseServerSaysWhen_WaitsThatLong()
    {
        script.Fail(StatusCode.Unavailable, pushback: "10");

        await SayAsync(Open(Policy(backoff: Never)));

        Assert.That(script.Attempts, Has.Count.EqualTo(2));
    }

    [TestCase("-1")]
    [TestCase("soon")]
    public void Call_WhoseServerSaysNo_IsSentOnce(string pushback)
    {
        script.Fail(StatusCode.Unavailable, pushback: pushback);

        FailureOf(Open(Policy()));

        Assert.That(script.Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Budget_WhenHalfIsSpent_StopsRetriesUntilCallsSucceed()
    {
        script.Fail(StatusCode.Unavailable, 4);
        ServiceConfig config = Policy();
        config.RetryThrottling = new RetryThrottlingPolicy { MaxTokens = 6, TokenRatio = 1 };
        GrpcChannel channel = Open(config);

        // 6 tokens: two failures may be repeated, the third leaves half.
        FailureOf(channel);
        Assert.That(script.Attempts, Has.Count.EqualTo(3));
        FailureOf(channel);
        Assert.That(script.Attempts, Has.Count.EqualTo(4));
        for (int n = 0; n < 3; n++)
        {
            await SayAsync(channel);
        }

        script.Fail(StatusCode.Unavailable);
        await SayAsync(channel);
    }

    [Test]
    public void Request_ThatIsTooLargeToKeep_IsSentOnce()
    {
        script.Fail(StatusCode.Unavailable);

        FailureOf(Open(Policy(), options => options.MaxRetryBufferPerCallSize = 4));

        Assert.That(script.Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Deadline_EndsTheWaitBetweenAttempts()
    {
        script.Fail(StatusCode.Unavailable);
        var client = new EchoService.EchoServiceClient(Open(Policy(backoff: Never)));

        RpcException failure = Assert.ThrowsAsync<RpcException>(
            () => client.SayAsync(new SayRequest(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(500)).ResponseAsync.InTime())!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
    }

    [Test]
    public async Task Policy_OfTheMethod_WinsOverThatOfTheService()
    {
        script.Fail(StatusCode.Unavailable);
        ServiceConfig config = Policy(StatusCode.DataLoss);
        config.MethodConfigs.Add(Method(StatusCode.Unavailable, new MethodName { Service = "promptplatform.tests.echo.v1.EchoService", Method = "Say" }));

        await SayAsync(Open(config));

        Assert.That(script.Attempts, Has.Count.EqualTo(2));
    }

    [Test]
    public void Channel_WithTwoPoliciesForOneMethod_IsRefused()
    {
        ServiceConfig config = Policy();
        config.MethodConfigs.Add(config.MethodConfigs[0]);

        Assert.That(() => Open(config), Throws.InvalidOperationException);
    }

    [Test]
    public void Channel_WithAPolicyThatLacksAValue_IsRefused()
    {
        ServiceConfig config = Policy();
        config.MethodConfigs[0].RetryPolicy!.MaxBackoff = null;

        Assert.That(() => Open(config), Throws.InvalidOperationException);
    }

    private static ServiceConfig Policy(StatusCode? only = null, int attempts = 5, TimeSpan? backoff = null) => new()
    {
        MethodConfigs = { Method(only, new MethodName { Service = "promptplatform.tests.echo.v1.EchoService" }, attempts, backoff) },
    };

    private static MethodConfig Method(StatusCode? only, MethodName name, int attempts = 5, TimeSpan? backoff = null)
    {
        var policy = new RetryPolicy
        {
            MaxAttempts = attempts,
            InitialBackoff = backoff ?? TimeSpan.FromMilliseconds(1),
            MaxBackoff = backoff ?? TimeSpan.FromMilliseconds(10),
            BackoffMultiplier = 2,
        };
        foreach (StatusCode code in only is { } one ? [one] : new[] { StatusCode.Unavailable, StatusCode.Aborted })
        {
            policy.RetryableStatusCodes.Add(code);
        }

        return new MethodConfig { Names = { name }, RetryPolicy = policy };
    }

    private static async Task SayAsync(GrpcChannel channel) =>
        await new EchoService.EchoServiceClient(channel).SayAsync(new SayRequest { Text = "a request" }).ResponseAsync.InTime();

    private static StatusCode FailureOf(GrpcChannel channel) => Assert.ThrowsAsync<RpcException>(() => SayAsync(channel))!.StatusCode;

    private GrpcChannel Open(ServiceConfig? config = null, Action<GrpcChannelOptions>? configure = null)
    {
        var options = new GrpcChannelOptions { ServiceConfig = config };
        configure?.Invoke(options);
        return GrpcChannel.ForAddress(Host.GrpcAddress, options);
    }
}
