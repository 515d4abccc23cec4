using System.Security.Cryptography;
using System.Text;
using PromptPlatform.Inference.Tokenization;

namespace PromptPlatform.Inference.Tests;

public sealed class NfkcTests
{
    [Test]
    public void Normalize_OfEveryCodePointAmongMarks_IsWhatPythonMakesOfIt()
    {
        // hashlib.sha256 over unicodedata.normalize("NFKC", "a" + c + "\u0301\u0323" + c) for every c, Unicode 14
        const string Expected = "df6f4f51f0ea060c5db644e282c618d172141983223af029ac28872581b37c87";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        for (var point = 0; point < 0x110000; point++)
        {
            if (point is >= 0xD800 and <= 0xDFFF) continue;
            var character = char.ConvertFromUtf32(point);
            hash.AppendData(Encoding.UTF8.GetBytes(Normalize($"a{character}\u0301\u0323{character}")));
        }

        Assert.That(Convert.ToHexStringLower(hash.GetHashAndReset()), Is.EqualTo(Expected));
    }

    [TestCase("plain text\n", true)]
    [TestCase("Größe, Straße, 漢字とかな, Привет", true)]
    [TestCase("ﬁne", false)]
    [TestCase("e\u0301", false)]
    [TestCase("가", true)]
    [TestCase("각\u11a8", false)]
    public void IsSettled_TellsWhetherNormalisingCanBeSkipped(string text, bool settled) => Assert.That(Nfkc.IsSettled(text), Is.EqualTo(settled));

    private static string Normalize(string text)
    {
        Rented<int> points = new(8);
        try
        {
            Nfkc.Normalize(text, ref points);
            StringBuilder normal = new();
            foreach (var point in points.Items) normal.Append(char.ConvertFromUtf32(point));
            return normal.ToString();
        }
        finally
        {
            points.Dispose();
        }
    }
}
