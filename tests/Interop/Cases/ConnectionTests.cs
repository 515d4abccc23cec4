using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;
using PromptPlatform.Interop.Tests.Sides;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>What lies around the calls: names, connections that begin and end.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.All))]
public sealed class ConnectionTests(Meeting meeting) : MeetingFixture(meeting)
{
    private const int NobodysPort = 1;

    [Test]
    public async Task UserAgent_ReachesTheServer()
    {
        CallPlan plan = CallPlan.Ask(new Order());

        AssertEnded(await CallAsync(plan), StatusCode.OK);

        Note note = await NoteOf(plan, note => note.Ended);
        string agent = note.Metadata.Single(pair => pair.Key == "user-agent").Value;
        Assert.That(agent, Does.Contain(Caller switch { Side.GrpcJs => "grpc-node-js/", Side.Grpcio => "grpc-python/", _ => "grpc-dotnet" }));
    }

    [Test]
    public async Task Authority_IsTheTarget()
    {
        int port = await ServeAsync();
        CallPlan plan = CallPlan.Ask(new Order());

        AssertEnded(await CallAsync(plan, port), StatusCode.OK);

        Assert.That((await NoteOf(plan, note => note.Ended)).Authority, Is.EqualTo($"127.0.0.1:{port}"));
    }

    [Test]
    public async Task Authority_WhenTheCallerSetsIt_ReachesTheServer()
    {
        CallPlan plan = CallPlan.Ask(new Order()) with { Options = new() { Authority = "mirror.example:8443" } };

        AssertEnded(await CallAsync(plan), StatusCode.OK);

        Assert.That((await NoteOf(plan, note => note.Ended)).Authority, Is.EqualTo("mirror.example:8443"));
    }

    [Test]
    public async Task NobodyAtThePort_IsUnavailable() =>
        AssertEnded(await CallAsync(CallPlan.Ask(new Order()), NobodysPort), StatusCode.Unavailable);

    [Test]
    public async Task NobodyAtThePort_WhenTheCallerWaitsForReady_IsWaitedFor()
    {
        int port = FreePort();
        CallPlan plan = CallPlan.Ask(new Order { Text = "at last" }) with { WaitForReady = true };
        Task<Outcome> call = CallAsync(plan, port);
        // Long enough for an attempt or two that finds nobody.
        await Task.Delay(300);

        await ServeAsync(new ServerPlan { Port = port });

        Outcome outcome = await call;
        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.Answer.Text, Is.EqualTo("at last"));
    }

    [Test]
    public async Task NobodyAtThePort_WhenTheCallerWaitsForReady_EndsWithTheDeadline()
    {
        CallPlan plan = CallPlan.Ask(new Order()) with { WaitForReady = true, DeadlineMs = 500 };

        AssertEnded(await CallAsync(plan, NobodysPort), StatusCode.DeadlineExceeded);
    }

    [Test]
    public async Task Server_ThatDrains_EndsItsCallsInOrder()
    {
        int port = await ServeAsync();
        CallPlan plan = CallPlan.Download(new Order { Answers = 3, Wait = Wait.UntilReleased });
        Task<Outcome> running = CallAsync(plan, port);
        await NoteOf(plan, note => note.Waiting);

        await DrainAsync(port);
        Outcome late = await CallUntilRefusedAsync(port);
        await ReleaseAsync(plan);

        AssertEnded(late, StatusCode.Unavailable);
        Outcome outcome = await running;
        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.AnswerCount, Is.EqualTo(3));
    }

    [Test]
    public async Task Server_ThatComesBack_IsFoundAgain()
    {
        int port = await ServeAsync();
        AssertEnded(await CallAsync(CallPlan.Ask(new Order()), port), StatusCode.OK);
        await DrainAsync(port);
        AssertEnded(await CallUntilRefusedAsync(port), StatusCode.Unavailable);

        await ServeAsync(new ServerPlan { Port = port });

        AssertEnded(await CallAsync(CallPlan.Ask(new Order()) with { WaitForReady = true }, port), StatusCode.OK);
    }

    [Test]
    public async Task Pings_OfAnIdleCaller_AreAnswered()
    {
        // Ours pings once a second at most; C-core 1.51 takes a third ping within five minutes of silence for an attack.
        var options = new ChannelPlan { KeepaliveMs = Caller == Side.Ours ? 1000 : 100 };
        CallPlan plan = CallPlan.Chat(new Order { Wait = Wait.UntilReleased }) with { Options = options };
        Task<Outcome> call = CallAsync(plan);
        await NoteOf(plan, note => note.Waiting);

        await Task.Delay(2500);
        await ReleaseAsync(plan);

        AssertEnded(await call, StatusCode.OK);
    }

    // The drain begins a moment after it is asked for; the server of grpcio cancels calls that come in that moment.
    private async Task<Outcome> CallUntilRefusedAsync(int port)
    {
        for (int tries = 0; tries < 500; tries++)
        {
            Outcome outcome = await CallAsync(CallPlan.Ask(new Order()), port);
            bool drains = outcome.Code == StatusCode.OK || (Server == Side.Grpcio && outcome.Code == StatusCode.Cancelled);
            if (!drains)
            {
                return outcome;
            }
        }

        throw new TimeoutException("The server goes on taking calls.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
