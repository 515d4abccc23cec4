using PromptPlatform.Inference.Language;

namespace PromptPlatform.Inference.Tests;

public sealed class LanguageDetectorTests
{
    [TestCase("Write a short poem about autumn", "en")]
    [TestCase("summarize this article for me in three points", "en")]
    [TestCase("Explain recursion", "en")]
    [TestCase("Schreibe ein kurzes Gedicht über den Herbst", "de")]
    [TestCase("Was ist der Unterschied zwischen TCP und UDP?", "de")]
    [TestCase("Escribe un correo formal para pedir vacaciones en agosto", "es")]
    [TestCase("¿Cuál es la capital de Mongolia?", "es")]
    [TestCase("Résume ce texte en deux phrases", "fr")]
    [TestCase("Pourquoi le ciel est-il bleu ?", "fr")]
    [TestCase("Crie uma lista de compras para um churrasco com dez pessoas", "pt")]
    [TestCase("Não consigo dormir, o que posso fazer?", "pt")]
    [TestCase("Scrivi una lettera di presentazione per un lavoro", "it")]
    [TestCase("Perché l'acqua bolle prima in montagna?", "it")]
    [TestCase("写一首关于春天的短诗", "zh")]
    [TestCase("東京で週末にできることを教えてください", "ja")]
    [TestCase("この Python の関数を直してください", "ja")]
    [TestCase("Fix this function:\nfor (int i = 0; i < n; i++) {\n    sum += a[i];\n}", "en")]
    [TestCase("Was macht dieser Code?\nfor x in items:\n    print(x)", "de")]
    public void Detect_FindsTheLanguage(string text, string language) => Assert.That(LanguageDetector.Detect(text).Tag, Is.EqualTo(language));

    [TestCase("")]
    [TestCase("12345 + 678")]
    [TestCase("for (int i = 0; i < n; i++) { sum += a[i]; }")]
    [TestCase("SELECT_ALL(x, y) => z[0];")]
    [TestCase("Привет, как дела?")]
    [TestCase("xyzzy plugh")]
    public void Detect_WhenNothingShowsALanguage_IsUndetermined(string text)
    {
        var guess = LanguageDetector.Detect(text);

        Assert.That(guess, Is.EqualTo(LanguageGuess.Unknown));
    }

    [Test]
    public void Detect_OfALongerText_IsSurer() =>
        Assert.That(
            LanguageDetector.Detect("Schreibe mir bitte einen Brief an die Schule und erkläre, warum ich nicht kommen kann").Confidence,
            Is.GreaterThan(LanguageDetector.Detect("Schreibe Brief").Confidence));
}
