using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;
using PromptPlatform.Interop.Tests.Sides;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>Metadata there and back: each server gives every x-echo-* back as headers and as trailers.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.All))]
public sealed class MetadataTests(Meeting meeting) : MeetingFixture(meeting)
{
    private static readonly Order Echo = new() { EarlyHeaders = true, EchoTrailers = true };

    [TestCase("plain")]
    [TestCase("a b  c")]
    [TestCase("!\"#$%&'()*+-./:;<=>?@[\\]^_`{|}~")]
    [TestCase("")]
    public async Task Text_ComesBack(string value)
    {
        Outcome outcome = await EchoAsync(["x-echo-text", value]);

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.HeaderValues("x-echo-text"), Is.EqualTo([value]));
        Assert.That(outcome.TrailerValues("x-echo-text"), Is.EqualTo([value]));
    }

    // HTTP lets anybody on the way join the values of a key by commas.
    [Test]
    public async Task TextOfARepeatedKey_ComesBackInOrder()
    {
        Outcome outcome = await EchoAsync(["x-echo-text", "one"], ["x-echo-other", "between"], ["x-echo-text", "two"]);

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(string.Join(", ", outcome.HeaderValues("x-echo-text")), Is.EqualTo("one, two"));
        Assert.That(string.Join(", ", outcome.TrailerValues("x-echo-text")), Is.EqualTo("one, two"));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(256)]
    public async Task Bytes_ComeBack(int length)
    {
        string value = Base64(Enumerable.Range(0, length).Select(index => (byte)(255 - index)));

        Outcome outcome = await EchoAsync(["x-echo-data-bin", value]);

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.HeaderValues("x-echo-data-bin"), Is.EqualTo([value]));
        Assert.That(outcome.TrailerValues("x-echo-data-bin"), Is.EqualTo([value]));
    }

    [Test]
    public async Task BytesOfARepeatedKey_ComeBackInOrder()
    {
        string[] values = [Base64([1, 2, 255]), Base64([0])];

        // HttpClient can send them joined only, and C-core 1.51 takes a comma in bytes for a broken connection.
        bool broken = Server == Side.Grpcio;
        CallPlan plan = CallPlan.Ask(Echo) with { Metadata = [["x-echo-data-bin", values[0]], ["x-echo-data-bin", values[1]]], Options = new() { Name = "bytes" } };

        Outcome outcome = await CallAsync(plan);

        AssertEnded(outcome, broken ? StatusCode.Unavailable : StatusCode.OK);
        Assert.That(outcome.HeaderValues("x-echo-data-bin"), Is.EqualTo(broken ? [] : values));
        Assert.That(outcome.TrailerValues("x-echo-data-bin"), Is.EqualTo(broken ? [] : values));
    }

    [Test]
    public async Task LongText_ComesBack()
    {
        string value = new('x', 3000);

        Outcome outcome = await EchoAsync(["x-echo-text", value]);

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.TrailerValues("x-echo-text"), Is.EqualTo([value]));
    }

    // On the wire keys are lower case. Two libraries make them so; grpcio leaves it to the caller.
    [Test]
    public async Task UpperCaseKey_NeverReachesTheWire()
    {
        Outcome outcome = await EchoAsync(["X-Echo-Text", "up"]);

        if (Caller == Side.Grpcio)
        {
            Assert.That(outcome.Refused, Is.Not.Null);
            return;
        }

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.TrailerValues("x-echo-text"), Is.EqualTo(["up"]));
    }

    [Test]
    public async Task TextBeyondAscii_IsRefusedByTheCaller()
    {
        Outcome outcome = await EchoAsync(["x-echo-text", "größer"]);

        Assert.That(outcome.Refused, Is.Not.Null);
    }

    [TestCase(CallKind.Unary)]
    [TestCase(CallKind.ClientStream)]
    [TestCase(CallKind.ServerStream)]
    [TestCase(CallKind.Duplex)]
    public async Task HeadersAndTrailers_OfEveryKind_Arrive(CallKind kind)
    {
        Outcome outcome = await CallAsync(CallPlan.Of(kind, Echo) with { Metadata = [["x-echo-kind", "k"]] });

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.HeaderValues("x-early"), Is.EqualTo(["yes"]));
        Assert.That(outcome.HeaderValues("x-early-bin"), Is.EqualTo([Base64([0, 255])]));
        Assert.That(outcome.TrailerValues("x-echo-kind"), Is.EqualTo(["k"]));
    }

    [TestCase(CallKind.Unary)]
    [TestCase(CallKind.ClientStream)]
    [TestCase(CallKind.ServerStream)]
    [TestCase(CallKind.Duplex)]
    public async Task Headers_ArriveWhileTheHandlerWaits(CallKind kind)
    {
        // grpcio gives the headers of a unary call only with its answer.
        bool blind = Caller == Side.Grpcio && kind == CallKind.Unary;
        var order = new Order { EarlyHeaders = true, Wait = Wait.UntilCancelled };

        Outcome outcome = await CallAsync(CallPlan.Of(kind, order) with { CancelOnHeaders = true, DeadlineMs = blind ? 1500 : null });

        AssertEnded(outcome, blind ? StatusCode.DeadlineExceeded : StatusCode.Cancelled);
        Assert.That(outcome.HeaderValues("x-early"), Is.EqualTo(["yes"]));
    }

    private static string Base64(IEnumerable<byte> bytes) => Convert.ToBase64String([.. bytes]);

    private Task<Outcome> EchoAsync(params string[][] metadata) => CallAsync(CallPlan.Ask(Echo) with { Metadata = metadata });
}
