using PromptPlatform.Inference.Tokenization;

namespace PromptPlatform.Inference.Tests;

public sealed class TokenizerTests
{
    private static readonly Tokenizer Tiny = Open(Path.Combine(Fixture.TinyFolder, "tokenizer.bin"));

    [TestCaseSource(nameof(TinyCases))]
    public void Encode_AgreesWithSentencePiece(string text, int[] ids) => Assert.That(Fixture.Encode(Tiny, text), Is.EqualTo(ids));

    [Test]
    public void Encode_OfACharacterOutsideTheVocabulary_IsItsBytes()
    {
        var firstByte = Vocabulary.Read(File.OpenRead(Path.Combine(Fixture.TinyFolder, "tokenizer.bin"))).FirstByteId;

        var ids = Fixture.Encode(Tiny, "語");

        Assert.That(ids[^3..], Is.EqualTo("語"u8.ToArray().Select(b => firstByte + b)));
    }

    [TestCase("the cat reads a letter to the old man")]
    [TestCase("der Zug fährt über die Brücke – “schnell”")]
    [TestCase("ﬁne ｶﾞ e\u0301")]
    public void Encode_OnceWarm_AllocatesNothing(string text)
    {
        for (var i = 0; i < 50; i++) EncodeAndForget(text);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) EncodeAndForget(text);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.Zero);
    }

    [Test]
    public void Encode_OfALoneSurrogate_ReadsItAsTheReplacementCharacter() =>
        Assert.That(Fixture.Encode(Tiny, "a\ud800b"), Is.EqualTo(Fixture.Encode(Tiny, "a\ufffdb")));

    [Test]
    public void Read_WhenTheFileIsCutShort_Throws()
    {
        var whole = File.ReadAllBytes(Path.Combine(Fixture.TinyFolder, "tokenizer.bin"));

        Assert.That(() => Vocabulary.Read(new MemoryStream(whole[..^1])), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => Vocabulary.Read(new MemoryStream(whole[..10])), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => Vocabulary.Read(new MemoryStream([.. "NOPE"u8, .. whole[4..]])), Throws.TypeOf<InvalidDataException>());
    }

    private static void EncodeAndForget(string text)
    {
        Rented<int> ids = new(64);
        Tiny.Encode(text, ref ids);
        ids.Dispose();
    }

    private static IEnumerable<TestCaseData> TinyCases() => Fixture.Read<TokenCase[]>("tiny", "tokens.json")
        .Select((entry, i) => new TestCaseData(entry.Text, entry.Ids).SetArgDisplayNames(i.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static Tokenizer Open(string path)
    {
        using var file = File.OpenRead(path);
        return new(Vocabulary.Read(file));
    }
}
