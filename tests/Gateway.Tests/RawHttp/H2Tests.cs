using Google.Protobuf;
using PromptPlatform.Contracts.Enhancement.V1;

namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>HTTP/2 that RFC 9113, sections 8.2 and 8.3, calls malformed. A stream or the connection ends; no service hears of it.</summary>
internal sealed class H2Tests : GatewayTest
{
    private const string Path = "/promptplatform.enhancement.v1.EnhancementService/Enhance";

    protected override string[] Settings => ["--RateLimits:AddressBurst=100000"];

    private (string, string)[] Usual => [(":method", "POST"), (":scheme", "http"), (":path", Path), (":authority", "gateway"), .. Rest];

    private (string, string)[] Rest => [("content-type", "application/grpc"), ("te", "trailers"), ("authorization", "Bearer " + Gateway.Auth.CreateKey())];

    private static byte[] Message
    {
        get
        {
            byte[] message = new EnhanceRequest { Prompt = "hi" }.ToByteArray();
            return [0, 0, 0, 0, (byte)message.Length, .. message];
        }
    }

    [Test]
    public async Task Call_ThatIsWellFormed_IsAnswered()
    {
        var (frame, calls) = await CallAsync(Usual);

        Assert.That((frame?.Type, calls), Is.EqualTo((H2Type.Headers, 1)));
    }

    private static IEnumerable<TestCaseData> Malformed()
    {
        TestCaseData Case(string name, H2Type answer, Func<H2Tests, (string, string)[]> headers) => new TestCaseData(headers, answer).SetArgDisplayNames(name, answer.ToString());
        yield return Case("connection", H2Type.GoAway, t => [.. t.Usual, ("connection", "close")]);
        yield return Case("keep-alive", H2Type.Headers, t => [.. t.Usual, ("keep-alive", "1")]);
        yield return Case("upgrade", H2Type.Headers, t => [.. t.Usual, ("upgrade", "h2c")]);
        yield return Case("proxy-connection", H2Type.Headers, t => [.. t.Usual, ("proxy-connection", "close")]);
        yield return Case("transfer-encoding", H2Type.Headers, t => [.. t.Usual, ("transfer-encoding", "chunked")]);
        yield return Case("te gzip", H2Type.GoAway, t => [.. t.Usual, ("te", "gzip")]);
        yield return Case("path twice", H2Type.GoAway, t => [(":path", Path), .. t.Usual]);
        yield return Case("method twice", H2Type.GoAway, t => [(":method", "POST"), .. t.Usual]);
        yield return Case("authority twice", H2Type.GoAway, t => [(":authority", "gateway"), .. t.Usual]);
        yield return Case("pseudo after regular", H2Type.GoAway, t => [.. t.Usual, (":path", Path)]);
        yield return Case("unknown pseudo", H2Type.ResetStream, t => [(":protocol", "websocket"), .. t.Usual]);
        yield return Case("no path", H2Type.ResetStream, t => [(":method", "POST"), (":scheme", "http"), (":authority", "gateway"), .. t.Rest]);
        yield return Case("no scheme", H2Type.ResetStream, t => [(":method", "POST"), (":path", Path), (":authority", "gateway"), .. t.Rest]);
        yield return Case("empty path", H2Type.ResetStream, t => [(":method", "POST"), (":scheme", "http"), (":path", ""), (":authority", "gateway"), .. t.Rest]);
        yield return Case("path with space", H2Type.Headers, t => [(":method", "POST"), (":scheme", "http"), (":path", Path + " HTTP/1.1"), (":authority", "gateway"), .. t.Rest]);
        yield return Case("path with CRLF", H2Type.GoAway, t => [(":method", "POST"), (":scheme", "http"), (":path", Path + "\r\nX: a"), (":authority", "gateway"), .. t.Rest]);
        yield return Case("path without slash", H2Type.ResetStream, t => [(":method", "POST"), (":scheme", "http"), (":path", Path[1..]), (":authority", "gateway"), .. t.Rest]);
        yield return Case("method with space", H2Type.ResetStream, t => [(":method", "POST /"), (":scheme", "http"), (":path", Path), (":authority", "gateway"), .. t.Rest]);
        yield return Case("authority with slash", H2Type.ResetStream, t => [(":method", "POST"), (":scheme", "http"), (":path", Path), (":authority", "gate/way"), .. t.Rest]);
        yield return Case("scheme https", H2Type.ResetStream, t => [(":method", "POST"), (":scheme", "https"), (":path", Path), (":authority", "gateway"), .. t.Rest]);
        yield return Case("upper case", H2Type.GoAway, t => [.. t.Usual, ("X-Upper", "a")]);
        yield return Case("value with CRLF", H2Type.GoAway, t => [.. t.Usual, ("x-a", "a\r\nx-b: b")]);
        yield return Case("value with LF", H2Type.GoAway, t => [.. t.Usual, ("x-a", "a\nb")]);
        yield return Case("value with NUL", H2Type.GoAway, t => [.. t.Usual, ("x-a", "a\0b")]);
        yield return Case("value with control", H2Type.Headers, t => [.. t.Usual, ("x-a", "a\u0001b")]);
        yield return Case("name with colon", H2Type.Headers, t => [.. t.Usual, ("x:a", "a")]);
        yield return Case("name with space", H2Type.Headers, t => [.. t.Usual, ("x a", "a")]);
        yield return Case("empty name", H2Type.GoAway, t => [.. t.Usual, ("", "a")]);
        yield return Case("length too short", H2Type.ResetStream, t => [.. t.Usual, ("content-length", "1")]);
        yield return Case("length too long", H2Type.ResetStream, t => [.. t.Usual, ("content-length", "100")]);
        yield return Case("length with sign", H2Type.GoAway, t => [.. t.Usual, ("content-length", "+" + Message.Length)]);
        yield return Case("length twice", H2Type.GoAway, t => [.. t.Usual, ("content-length", Message.Length.ToString()), ("content-length", Message.Length.ToString())]);
    }

    [TestCaseSource(nameof(Malformed))]
    public async Task Call_ThatIsMalformed_ReachesNoService(Func<H2Tests, (string, string)[]> headers, H2Type answer)
    {
        var (frame, calls) = await CallAsync(headers(this));

        Assert.That((frame!.Type, calls), Is.EqualTo((answer, 0)));
        Assert.That(frame.Error, Is.EqualTo(answer == H2Type.Headers ? "none" : "PROTOCOL_ERROR").Or.EqualTo("COMPRESSION_ERROR"));
    }

    private async Task<(H2Frame? Answer, int Calls)> CallAsync((string, string)[] headers)
    {
        int before = Gateway.Enhancement.Calls;
        using var connection = await H2Connection.OpenAsync(Gateway.Ports.Grpc);
        await connection.SendAsync(new H2Frame(H2Type.Headers, H2Frame.EndHeaders, 1, H2Connection.Block(headers)), new H2Frame(H2Type.Data, H2Frame.EndStream, 1, Message));
        var answer = await connection.ReadUntilAsync(H2Type.Headers, H2Type.ResetStream, H2Type.GoAway);
        return (answer, Gateway.Enhancement.Calls - before);
    }
}
