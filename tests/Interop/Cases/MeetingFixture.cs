using System.Collections.Concurrent;
using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Sides;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>Cases in the words of a caller and a server, whoever they are.</summary>
public abstract class MeetingFixture(Meeting meeting)
{
    // One server for each side and plan serves all fixtures.
    private static readonly ConcurrentDictionary<(Side, ServerPlan), Lazy<Task<int>>> Servers = new();

    protected Side Caller { get; } = meeting.Caller;

    protected Side Server { get; } = meeting.Server;

    private ISide CallerSide => AllSides.Get(Caller);

    private ISide ServerSide => AllSides.Get(Server);

    [OneTimeSetUp]
    public void RequireBoth()
    {
        AllSides.Get(Caller);
        AllSides.Get(Server);
    }

    /// <summary>Makes the call on a shared server.</summary>
    protected async Task<Outcome> CallAsync(CallPlan plan, ServerPlan? server = null) => await CallAsync(plan, await PortOf(server ?? new ServerPlan()));

    /// <summary>Makes the call on the server at that port.</summary>
    protected Task<Outcome> CallAsync(CallPlan plan, int port) =>
        CallerSide.CallAsync(plan with { Target = $"127.0.0.1:{port}", Metadata = [.. plan.Metadata, ["x-call", plan.Name]] }).WithinAsync();

    /// <summary>A server that no other case uses.</summary>
    protected Task<int> ServeAsync(ServerPlan? plan = null) => ServerSide.ServeAsync(plan ?? new ServerPlan()).WithinAsync();

    protected Task CancelAsync(CallPlan plan) => CallerSide.CancelAsync(plan.Name).WithinAsync();

    protected Task DrainAsync(int port) => ServerSide.DrainAsync(port).WithinAsync();

    protected Task ReleaseAsync(CallPlan plan) => ServerSide.ReleaseAsync(plan.Name).WithinAsync();

    /// <summary>What the server saw of the call so far; null before it came.</summary>
    protected Task<Note?> RecallAsync(CallPlan plan) => ServerSide.RecallAsync(plan.Name).WithinAsync();

    /// <summary>What the server saw of the call, as soon as it is what the test waits for.</summary>
    protected async Task<Note> NoteOf(CallPlan plan, Func<Note, bool> until)
    {
        Note? note = null;
        for (int tries = 0; tries < 500; tries++)
        {
            note = await RecallAsync(plan);
            if (note is not null && until(note))
            {
                return note;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"The server saw something else of {plan.Name}: {note}");
    }

    protected static void AssertEnded(Outcome outcome, StatusCode code, string? details = null)
    {
        Assert.That(outcome.Refused, Is.Null);
        Assert.That(outcome.Code, Is.EqualTo(code), outcome.Details);
        if (details is not null)
        {
            Assert.That(outcome.Details, Is.EqualTo(details));
        }
    }

    private Task<int> PortOf(ServerPlan plan) =>
        Servers.GetOrAdd((Server, plan), key => new Lazy<Task<int>>(() => AllSides.Get(key.Item1).ServeAsync(key.Item2))).Value.WithinAsync();
}
