namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>Two answers to the question where a body ends: the gateway gives none of them.</summary>
internal sealed class SmugglingTests : RawTest
{
    private static readonly string[] s_obfuscations =
    [
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        " Transfer-Encoding: chunked",
        "X: x\nTransfer-Encoding: chunked",
        "X: x\rTransfer-Encoding: chunked",
        "Transfer-Encoding\r\n: chunked",
        "Transfer-Encoding:\r\n chunked",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity, chunked",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: , chunked",
        "Transfer-Encoding: chunked;q=1",
        "Transfer-Encoding:\u000Bchunked",
        "Transfer-Encoding: chunked\u00A0",
        "Transfer-Encoding: chunked\0",
        "Transfer-Encoding\0: chunked",
        "Transfer-Encoding: chu nked",
        "Transfer-Encoding: ",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
        "Transfer-Encoding: x\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\ntransfer-encoding: chunked",
    ];

    private string Hidden => $"GET /v1/techniques?hidden={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}\r\n";

    [TestCase("Transfer-Encoding: chunked")]
    [TestCase("transfer-encoding:\tCHUNKED")]
    public async Task ContentLength_BesideChunked_IsRefused(string coding)
    {
        string body = "0\r\n\r\n" + Hidden;

        await RefusedAsync($"POST /v1/enhance?first={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}Content-Length: {body.Length}\r\n{coding}\r\n\r\n{body}{Last()}");
    }

    [Test]
    public async Task Chunked_BeforeContentLength_IsRefused()
    {
        await RefusedAsync($"POST /v1/enhance?first={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n{Hidden.Length:x}\r\n{Hidden}\r\n0\r\n\r\n{Last()}");
    }

    [Test]
    public async Task TransferEncoding_Obfuscated_IsRefused([ValueSource(nameof(s_obfuscations))] string coding, [Values] bool withLength)
    {
        string body = "0\r\n\r\n" + Hidden;
        string length = withLength ? $"Content-Length: {body.Length}\r\n" : "";

        await RefusedAsync($"POST /v1/enhance?first={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}{length}{coding}\r\n\r\n{body}{Last()}");
    }

    [Test]
    public async Task Chunked_InHttp10_IsRefused()
    {
        await RefusedAsync($"POST /v1/enhance?first={Marker} HTTP/1.0\r\nHost: gateway\r\n{Credential}Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Hidden}");
    }

    [TestCase("Content-Length: 5\r\nContent-Length: 5")]
    [TestCase("Content-Length: 5\r\nContent-Length: 6")]
    [TestCase("Content-Length: 5, 5")]
    [TestCase("Content-Length: +5")]
    [TestCase("Content-Length: -5")]
    [TestCase("Content-Length: 0x5")]
    [TestCase("Content-Length: 5e0")]
    [TestCase("Content-Length: 5.0")]
    [TestCase("Content-Length: 5 5")]
    [TestCase("Content-Length: ")]
    [TestCase("Content-Length: 18446744073709551621")]
    [TestCase("Content-Length: 000000000000000000000000000000000000000005")]
    [TestCase("Content-Length : 5")]
    [TestCase("Content-Length\u00A0: 5")]
    public async Task ContentLength_ThatIsNotOneNumber_IsRefused(string length)
    {
        await RefusedAsync($"POST /v1/enhance?first={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}{length}\r\n\r\nhello{Last()}");
    }

    [TestCase("Transfer_Encoding: chunked")]
    [TestCase("X-Transfer-Encoding: chunked")]
    public async Task Header_ThatOnlyLooksLikeFraming_ChangesNothing(string header)
    {
        string body = "0\r\n\r\n" + Hidden;

        var answers = await ExchangeAsync($"POST /v1/enhance?first={Marker} HTTP/1.1\r\nHost: gateway\r\n{Credential}Content-Length: {body.Length}\r\n{header}\r\n\r\n{body}{Last()}");

        Assert.That(answers.Select(a => a.Status), Is.EqualTo(new[] { 200, 200 }));
    }
}
