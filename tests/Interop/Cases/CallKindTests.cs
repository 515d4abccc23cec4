using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>The four kinds of call when all goes well.</summary>
[TestFixtureSource(typeof(Meeting), nameof(Meeting.All))]
public sealed class CallKindTests(Meeting meeting) : MeetingFixture(meeting)
{
    [Test]
    public async Task Ask_AnswersOnce()
    {
        Outcome outcome = await CallAsync(CallPlan.Ask(new Order { Text = "hello" }));

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.AnswerCount, Is.EqualTo(1));
        Assert.That(outcome.Answer.Text, Is.EqualTo("hello"));
    }

    [Test]
    public async Task Ask_WithAnEmptyMessage_AnswersOnce()
    {
        Outcome outcome = await CallAsync(CallPlan.Ask(new Order()));

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.Answer.ReceivedBytes, Is.Zero);
    }

    [TestCase("zażółć gęślą jaźń")]
    [TestCase("中文 ไทย עברית")]
    [TestCase("👩‍👩‍👧‍👦 𝄞 \u0000 \r\n")]
    public async Task Ask_WithUnicode_GivesItBack(string text)
    {
        Outcome outcome = await CallAsync(CallPlan.Ask(new Order { Text = text }));

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.Answer.Text, Is.EqualTo(text));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(100)]
    public async Task Download_GivesEveryAnswer(int answers)
    {
        Outcome outcome = await CallAsync(CallPlan.Download(new Order { Text = "d", Answers = answers }));

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.AnswerCount, Is.EqualTo(answers));
        Assert.That(outcome.Answers.Select((_, index) => outcome.AnswerAt(index).Number), Is.EqualTo(Enumerable.Range(1, outcome.Answers.Count)));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(100)]
    public async Task Upload_CountsEveryOrder(int orders)
    {
        Outcome outcome = await CallAsync(CallPlan.Upload(new Order { Text = "u" }) with { Repeat = orders });

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.Answer.Orders, Is.EqualTo(orders));
    }

    [Test]
    public async Task Chat_WhenCallerOnlyHalfCloses_EndsWithoutAnswers()
    {
        Outcome outcome = await CallAsync(CallPlan.Chat(new Order()) with { Repeat = 0 });

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.AnswerCount, Is.Zero);
    }

    [Test]
    public async Task Chat_WithAllOrdersAtOnce_AnswersEach()
    {
        Outcome outcome = await CallAsync(CallPlan.Chat(new Order { Text = "c" }) with { Repeat = 50 });

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.AnswerCount, Is.EqualTo(50));
    }

    [Test]
    public async Task Chat_AsPingPong_AnswersEachBeforeTheNext()
    {
        Outcome outcome = await CallAsync(CallPlan.Chat(new Order { Text = "ping" }) with { Repeat = 300, PingPong = true });

        AssertEnded(outcome, StatusCode.OK);
        Assert.That(outcome.AnswerCount, Is.EqualTo(300));
        Assert.That(outcome.AnswerAt(9).Orders, Is.EqualTo(10), "the server had seen no order ahead of its answer");
    }

    [Test]
    public async Task Upload_AfterItsHandlerWaited_SeesTheHalfClose()
    {
        CallPlan plan = CallPlan.Upload(new Order { Wait = Wait.UntilReleased });
        Task<Outcome> call = CallAsync(plan);
        await NoteOf(plan, note => note.Waiting);

        await ReleaseAsync(plan);

        AssertEnded(await call, StatusCode.OK);
        await NoteOf(plan, note => note is { Ended: true, Cancelled: false });
    }
}
