using System.Text;
using PromptPlatform.Gateway.Upstreams;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Upstreams;

internal sealed class ReplayBodyTests
{
    private static readonly string s_text = string.Concat(Enumerable.Range(0, 3000).Select(i => (char)('a' + i % 26)));

    [TestCase(0)]
    [TestCase(7)]
    [TestCase(3000)]
    public async Task Body_ThatIsReadAgainAfterAnyPart_IsTheSame(int readFirst)
    {
        await using var body = new ReplayBody(new MemoryStream(Encoding.ASCII.GetBytes(s_text)), 3000, null);
        await body.ReadExactlyAsync(new byte[readFirst]).WithinAsync();

        bool rewound = body.TryRewind();

        Assert.That((rewound, await ReadAsync(body)), Is.EqualTo((true, s_text)));
        Assert.That((body.TryRewind(), await ReadAsync(body)), Is.EqualTo((true, s_text)));
    }

    [Test]
    public async Task Body_ThatIsLongerThanItsLimit_IsReadOnce()
    {
        await using var body = new ReplayBody(new MemoryStream(Encoding.ASCII.GetBytes(s_text)), 2999, null);

        bool before = body.TryRewind();
        string read = await ReadAsync(body);

        Assert.That((before, read, body.TryRewind()), Is.EqualTo((true, s_text, false)));
    }

    [TestCase(3000L, true)]
    [TestCase(3001L, false)]
    [TestCase(null, false)]
    public async Task Body_ThatIsHalfRead_IsCertainToFitByItsAnnouncedLength(long? announced, bool certain)
    {
        await using var body = new ReplayBody(new MemoryStream(Encoding.ASCII.GetBytes(s_text)), 3000, announced);
        await body.ReadExactlyAsync(new byte[10]).WithinAsync();

        Assert.That(body.IsWhole, Is.EqualTo(certain));
    }

    private static Task<string> ReadAsync(Stream body) => new StreamReader(body, leaveOpen: true).ReadToEndAsync().WithinAsync();
}
