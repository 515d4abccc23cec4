using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using PromptPlatform.StandIns.Tests.Echo;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

/// <summary>Whatever way a body is read, it means what protobuf's own JSON parser takes it for.</summary>
public sealed class TranscodedJsonTests : EchoFixture
{
    [TestCase("{}")]
    [TestCase(""" { "text" : "a\"\u732b\ud83d\ude00" , "times" : -3 , "loud" : true } """)]
    [TestCase("""{"times":1.0}""")]
    [TestCase("""{"times":"5"}""")]
    [TestCase("""{"times":1e2}""")]
    [TestCase("""{"big":9007199254740992}""")]
    [TestCase("""{"big":"9007199254740991"}""")]
    [TestCase("""{"ratio":0.1}""")]
    [TestCase("""{"ratio":"NaN"}""")]
    [TestCase("""{"mood":"MOOD_GOOD","limit":0}""")]
    [TestCase("""{"mood":1}""")]
    [TestCase("""{"tags":["a","b"],"nested":{"name":"n","depth":7}}""")]
    [TestCase("""{"tags":null,"nested":null,"text":null}""")]
    [TestCase("""{"blob":"AQID","since":"2026-01-02T03:04:05Z","wrapped":4,"labels":{"k":"v"}}""")]
    [TestCase("""{"text":"first","text":"second"}""")]
    public async Task Body_IsReadAsProtobufsParserReadsIt(string body)
    {
        SayRequest expected = JsonParser.Default.Parse<SayRequest>(body);

        using HttpResponseMessage response = await PostAsync(body);

        string text = await response.Content.ReadAsStringAsync().InTime();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        Assert.That(new JsonParser(JsonParser.Settings.Default).Parse<SayResponse>(text).Request, Is.EqualTo(expected));
    }

    [TestCase("""{"text":"\ud83d"}""")]
    [TestCase("""{"times":2147483648}""")]
    [TestCase("""{"times":1.5}""")]
    [TestCase("""{"loud":"true"}""")]
    [TestCase("""{"text":1}""")]
    [TestCase("""{"tags":["a",null]}""")]
    [TestCase("""{"mood":"MOOD_BAD"}""")]
    [TestCase("""{"text":"a"} x""")]
    [TestCase("""{"text":"a",}""")]
    public async Task Body_ThatProtobufsParserRefuses_Is400(string body)
    {
        Assert.That(() => JsonParser.Default.Parse<SayRequest>(body), Throws.Exception);

        using HttpResponseMessage response = await PostAsync(body);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Body_ThatComesInPieces_IsReadWhole()
    {
        string text = new('x', 200_000);

        using HttpResponseMessage response = await Host.Rest.PostAsync("/v1/echo", new PiecedContent($$"""{"text":"{{text}}"}""")).InTime();

        Assert.That(await response.Content.ReadAsStringAsync().InTime(), Does.Contain(text));
    }

    [Test]
    public async Task Response_TellsItsLength()
    {
        using HttpResponseMessage response = await PostAsync("""{"text":"hi"}""");

        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo((await response.Content.ReadAsByteArrayAsync().InTime()).Length));
        Assert.That(response.Headers.TransferEncodingChunked, Is.Not.True);
    }

    private Task<HttpResponseMessage> PostAsync(string body) =>
        Host.Rest.PostAsync("/v1/echo", new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"))).InTime();

    /// <summary>A body without a length, in many writes.</summary>
    private sealed class PiecedContent : HttpContent
    {
        private const int Piece = 1000;
        private readonly byte[] text;

        public PiecedContent(string text)
        {
            this.text = Encoding.UTF8.GetBytes(text);
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (int at = 0; at < text.Length; at += Piece)
            {
                await stream.WriteAsync(text.AsMemory(at, Math.Min(Piece, text.Length - at)));
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
