using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

// Listeners see the whole process: no other test may call meanwhile.
[NonParallelizable]
public sealed class TelemetryTests : EchoFixture
{
    [Test]
    public void Call_HasAnActivityWithTheStandardTags()
    {
        var stopped = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Grpc.Net.Client",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped.Add,
        };
        ActivitySource.AddActivityListener(listener);

        Assert.That(() => Host.Client.SayAsync(new SayRequest { Behaviour = "not-found" }).ResponseAsync.InTime(), Throws.TypeOf<RpcException>());

        Activity activity = stopped.Single();
        Assert.Multiple(() =>
        {
            Assert.That(activity.OperationName, Is.EqualTo("Grpc.Net.Client.GrpcOut"));
            Assert.That(activity.GetTagItem("rpc.service"), Is.EqualTo("promptplatform.tests.echo.v1.EchoService"));
            Assert.That(activity.GetTagItem("rpc.method"), Is.EqualTo("Say"));
            Assert.That(activity.GetTagItem("rpc.grpc.status_code"), Is.EqualTo(5));
            Assert.That(activity.Status, Is.EqualTo(ActivityStatusCode.Error));
            Assert.That(Host.Probe.Headers!.GetValue("traceparent"), Does.Contain(activity.TraceId.ToHexString()));
        });
        Assert.That(Activity.Current, Is.Not.SameAs(activity));
    }

    [TestCase("rpc.server.duration", "Grpc.AspNetCore.Server")]
    [TestCase("rpc.client.duration", "Grpc.Net.Client")]
    public async Task Call_IsMeasuredOnBothSides(string instrument, string meter)
    {
        var measured = new TaskCompletionSource<KeyValuePair<string, object?>[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (published, self) =>
        {
            if (published.Name == instrument && published.Meter.Name == meter)
            {
                self.EnableMeasurementEvents(published);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => measured.TrySetResult(tags.ToArray()));
        listener.Start();

        await Host.Client.SayAsync(new SayRequest()).ResponseAsync.InTime();

        KeyValuePair<string, object?>[] tags = await measured.Task.InTime();
        Assert.That(tags, Does.Contain(new KeyValuePair<string, object?>("rpc.method", "Say")));
        Assert.That(tags, Does.Contain(new KeyValuePair<string, object?>("rpc.grpc.status_code", 0)));
    }
}
