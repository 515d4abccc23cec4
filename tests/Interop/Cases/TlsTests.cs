using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Ours;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>TLS, and TLS with certificates on both sides.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.All))]
public sealed class TlsTests(Meeting meeting) : MeetingFixture(meeting)
{
    private static readonly ServerPlan Secure = new() { Security = TestCertificates.Server };
    private static readonly ServerPlan Mutual = new() { Security = TestCertificates.MutualServer };

    [TestCase(CallKind.Unary)]
    [TestCase(CallKind.ClientStream)]
    [TestCase(CallKind.ServerStream)]
    [TestCase(CallKind.Duplex)]
    public async Task Calls_OverTls_AreAnswered(CallKind kind)
    {
        Outcome outcome = await CallAsync(CallPlan.Of(kind, new Order { Text = "secret", Answers = 1 }) with { Security = TestCertificates.Client }, Secure);

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.Answer.Text, Is.EqualTo("secret"));
    }

    [Test]
    public async Task LargeMessages_OverTls_ArriveWhole()
    {
        const int bytes = 3_000_000;

        Outcome outcome = await CallAsync(CallPlan.Ask(new Order { AnswerBytes = bytes }) with { Fill = bytes, Security = TestCertificates.Client }, Secure);

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.Answer.ReceivedSum, Is.EqualTo(Filling.SumOf(bytes)));
        Assert.That(outcome.PayloadSum, Is.EqualTo(Filling.SumOf(bytes)));
    }

    [Test]
    public async Task Caller_WithACertificate_IsLetIn()
    {
        Outcome outcome = await CallAsync(CallPlan.Ask(new Order { Text = "both" }) with { Security = TestCertificates.ClientWithCertificate }, Mutual);

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.Answer.Text, Is.EqualTo("both"));
    }

    [Test]
    public async Task Caller_WithoutTheCertificateThatIsAskedFor_IsUnavailable() =>
        AssertEnded(await CallAsync(CallPlan.Ask(new Order()) with { Security = TestCertificates.Client }, Mutual), StatusCode.Unavailable);

    [Test]
    public async Task Caller_WithACertificateOfAnotherRoot_IsUnavailable() =>
        AssertEnded(await CallAsync(CallPlan.Ask(new Order()) with { Security = TestCertificates.StrangeClient }, Mutual), StatusCode.Unavailable);

    [Test]
    public async Task Server_OfARootThatTheCallerDoesNotTrust_IsUnavailable() =>
        AssertEnded(await CallAsync(CallPlan.Ask(new Order()) with { Security = TestCertificates.DistrustfulClient }, Secure), StatusCode.Unavailable);

    [Test]
    public async Task PlainText_ToATlsPort_IsUnavailable() =>
        AssertEnded(await CallAsync(CallPlan.Ask(new Order()), Secure), StatusCode.Unavailable);
}
