using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Net;
using Google.Protobuf;
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

    [Test]
    public async Task Server_CountsByTheOfficialNames()
    {
        using var counters = new CounterListener();

        await Host.Client.SayAsync(new SayRequest()).ResponseAsync.InTime();
        Assert.That(() => Host.Client.SayAsync(new SayRequest { Behaviour = "not-found" }).ResponseAsync.InTime(), Throws.TypeOf<RpcException>());
        await HangAsync("300m").InTime();
        using AsyncDuplexStreamingCall<SayRequest, SayResponse> open = Host.Client.Chat();
        await open.RequestStream.WriteAsync(new SayRequest()).InTime();
        Assert.That(await open.ResponseStream.MoveNext().InTime(), Is.True);

        foreach ((string name, double least) in new[] { ("total-calls", 4.0), ("current-calls", 1), ("calls-failed", 2), ("calls-deadline-exceeded", 1), ("messages-received", 3), ("messages-sent", 2) })
        {
            await counters.ReachAsync(name, least);
        }
    }

    // Without a client of ours, whose own deadline would race the server's.
    private async Task HangAsync(string timeout)
    {
        byte[] message = new SayRequest { Behaviour = "hang" }.ToByteArray();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Host.GrpcAddress, "/promptplatform.tests.echo.v1.EchoService/Say"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, (byte)message.Length, .. message]) { Headers = { ContentType = new("application/grpc") } },
            Headers = { { "te", "trailers" }, { "grpc-timeout", timeout } },
        };
        using HttpResponseMessage response = await http.SendAsync(request);
    }

    private sealed class CounterListener : EventListener
    {
        private const string OfficialName = "Grpc.AspNetCore.Server";

        private readonly ConcurrentDictionary<string, double> values = new();

        public async Task ReachAsync(string counter, double least)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (values.GetValueOrDefault(counter) < least)
            {
                await Task.Delay(50);
                Assert.That(patience.IsCancellationRequested, Is.False, $"{counter}: {string.Join(", ", values)}");
            }
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
                if (eventSource.Name == OfficialName)
            {
                EnableEvents(eventSource, EventLevel.Informational, EventKeywords.All, new Dictionary<string, string?> { ["EventCounterIntervalSec"] = "1" });
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventSource.Name == OfficialName && eventData.Payload?[0] is IDictionary<string, object> payload)
            {
                values[(string)payload["Name"]] = (double)payload["Mean"];
            }
        }
    }
}
