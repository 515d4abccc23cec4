using PromptPlatform.Auth.ApiKeys;

namespace PromptPlatform.Auth.Tests;

public sealed class ApiKeySecretTests
{
    [Test]
    public void Make_GivesWhatSecretScannersMatch()
    {
        string secret = ApiKeySecret.Make(ApiKeySecret.Test);

        Assert.That(secret, Does.Match("^pp_test_[0-9A-Za-z]{49}$"));
        Assert.That(ApiKeySecret.IsWellFormed(secret), Is.True);
    }

    [Test]
    public void Make_NeverGivesTheSameTwice() =>
        Assert.That(Enumerable.Range(0, 1000).Select(_ => ApiKeySecret.Make(ApiKeySecret.Live)), Is.Unique);

    [Test]
    public void IsWellFormed_WhenAnyOneCharacterIsMistyped_IsFalse()
    {
        string secret = ApiKeySecret.Make(ApiKeySecret.Live);

        var accepted = Enumerable.Range(0, secret.Length).Select(i => Replace(secret, i)).Where(ApiKeySecret.IsWellFormed);

        Assert.That(accepted, Is.Empty);
    }

    [Test]
    public void IsWellFormed_WhenNeighboursAreSwapped_IsFalse()
    {
        string secret = ApiKeySecret.Make(ApiKeySecret.Live);

        var accepted = Enumerable.Range(8, secret.Length - 9).Where(i => secret[i] != secret[i + 1]).Select(i => Swap(secret, i)).Where(ApiKeySecret.IsWellFormed);

        Assert.That(accepted, Is.Empty);
    }

    [TestCase("")]
    [TestCase("pp_live_")]
    [TestCase("sk-abcdefghijklmnopqrstuvwxyz")]
    [TestCase("pp_live_ÄÖÜ0000000000000000000000000000000000000000000000")]
    public void IsWellFormed_WhenItIsSomethingElse_IsFalse(string text) => Assert.That(ApiKeySecret.IsWellFormed(text), Is.False);

    [TestCase(" ", "")]
    [TestCase("", "\n")]
    public void IsWellFormed_WhenThereIsSpaceAround_IsFalse(string before, string after) =>
        Assert.That(ApiKeySecret.IsWellFormed(before + ApiKeySecret.Make(ApiKeySecret.Live) + after), Is.False);

    private static string Replace(string text, int at) => text[..at] + (text[at] == 'x' ? 'y' : 'x') + text[(at + 1)..];

    private static string Swap(string text, int at) => text[..at] + text[at + 1] + text[at] + text[(at + 2)..];
}
