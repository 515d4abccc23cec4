namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>Chunks that readers disagree on. The request has begun to flow to the service when they show; it must never arrive whole there.</summary>
internal sealed class ChunkTests : RawTest
{
    private string Head => $"POST /v1/enhance?first={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}Transfer-Encoding: chunked\r\n\r\n";

    private string Hidden => $"GET /v1/techniques?hidden={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}\r\n";

    [TestCase("0x5\r\nhello\r\n0\r\n\r\n")]
    [TestCase("+5\r\nhello\r\n0\r\n\r\n")]
    [TestCase("-5\r\nhello\r\n0\r\n\r\n")]
    [TestCase(" 5\r\nhello\r\n0\r\n\r\n")]
    [TestCase("5_0\r\nhello\r\n0\r\n\r\n")]
    [TestCase("\r\nhello\r\n0\r\n\r\n")]
    [TestCase("10000000000000005\r\nhello\r\n0\r\n\r\n")]
    [TestCase("FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n")]
    [TestCase("00000000000000000000000000000005\r\nhello\r\n0\r\n\r\n")]
    [TestCase("5\nhello\r\n0\r\n\r\n")]
    [TestCase("5\rhello\r\n0\r\n\r\n")]
    [TestCase("5;\nxxxx\r\nhello\r\n0\r\n\r\n")]
    [TestCase("5;a=b\nhello\r\n0\r\n\r\n")]
    [TestCase("5;a\rb\r\nhello\r\n0\r\n\r\n")]
    [TestCase("5;\r\r\nhello\r\n0\r\n\r\n")]
    [TestCase("5\r\nhelloXX\r\n0\r\n\r\n")]
    [TestCase("5\r\nhello\n0\r\n\r\n")]
    [TestCase("5\r\nhello0\r\n\r\n")]
    [TestCase("5\r\nhello\r\n0\r\nX: a\nTransfer-Encoding: chunked\r\n\r\n")]
    [TestCase("5\r\nhello\r\n0\r\nX : a\r\n\r\n")]
    public async Task Chunk_ThatIsMalformed_IsRefused(string body)
    {
        await RefusedAsync(Head + body + Hidden + Last());
    }

    [TestCase("5\r\nhello\r\n0\r\n\r\n")]
    [TestCase("5;a=b\r\nhello\r\n0\r\n\r\n")]
    [TestCase("00005\r\nhello\r\n000\r\n\r\n")]
    [TestCase("5\r\nhello\r\n0\r\nX-Trailer: a\r\n\r\n")]
    public async Task Chunk_ThatIsWellFormed_IsRead(string body)
    {
        var answers = await ExchangeAsync(Head + body + Last());

        Assert.That(answers.Select(a => a.Status), Is.EqualTo(new[] { 200, 200 }));
        Assert.That(answers[0].Body, Does.Contain("\"bodyBytes\":5"));
    }
}
