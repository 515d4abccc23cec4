using PromptPlatform.Analytics.Webhooks;

namespace PromptPlatform.Analytics.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private static readonly DateTimeOffset s_at = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    // printf '1700000000.BODY' | openssl dgst -sha256 -hmac whsec_test
    [TestCase("{}", "35495024f4ef3f94e5a93e22221544c4b75e9a42300cd965ab81cb85cd994e91")]
    [TestCase("{\"text\":\"ä😀\"}", "08021a670da9649caeac61f276a7df7d0ec3f3c6d90dbc16f504ca1e12a8b408")]
    public void Write_IsTheSignatureThatOpensslMakes(string body, string expected)
    {
        Assert.That(WebhookSignature.Write(["whsec_test"], s_at, body), Is.EqualTo($"t=1700000000,v1={expected}"));
    }

    [Test]
    public void Write_WithTwoSecrets_HoldsASignatureByEach()
    {
        string both = WebhookSignature.Write(["whsec_new", "whsec_old"], s_at, "{}");

        string[] parts = both.Split(',');
        Assert.That(parts, Has.Length.EqualTo(3));
        Assert.That(WebhookSignature.Write(["whsec_new"], s_at, "{}"), Is.EqualTo($"{parts[0]},{parts[1]}"));
        Assert.That(WebhookSignature.Write(["whsec_old"], s_at, "{}"), Is.EqualTo($"{parts[0]},{parts[2]}"));
    }
}
