namespace PromptPlatform.Gateway.Tests.Limits;

internal sealed class RateLimitTests
{
    [Test]
    public async Task Key_OverItsBurst_Is429AndOthersGoOn()
    {
        await using var gateway = await TestGateway.StartAsync("--RateLimits:KeyBurst=3", "--RateLimits:KeyPerSecond=0.5");
        string key = gateway.Auth.CreateKey();

        var answers = new List<HttpResponseMessage>();
        for (int i = 0; i < 4; i++)
            answers.Add(await gateway.EnhanceAsync(key));
        var other = await gateway.EnhanceAsync(gateway.Auth.CreateKey());
        gateway.Clock.Advance(TimeSpan.FromSeconds(2));
        var later = await gateway.EnhanceAsync(key);

        Assert.That(answers.Select(a => (int)a.StatusCode), Is.EqualTo(new[] { 200, 200, 200, 429 }));
        Assert.That(answers.Select(a => Header(a, "X-RateLimit-Remaining")), Is.EqualTo(new[] { "2", "1", "0", "0" }));
        Assert.That(Header(answers[0], "X-RateLimit-Limit"), Is.EqualTo("3"));
        Assert.That(Header(answers[3], "X-RateLimit-Reset"), Is.EqualTo("6"));
        Assert.That(Header(answers[3], "Retry-After"), Is.EqualTo("2"));
        Assert.That(await answers[3].Content.ReadAsStringAsync(), Does.Contain("\"code\":\"rate_limited\""));
        Assert.That((int)other.StatusCode, Is.EqualTo(200));
        Assert.That((int)later.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task Organization_OverItsBurst_Is429ForAllItsKeys()
    {
        await using var gateway = await TestGateway.StartAsync("--RateLimits:OrganizationBurst=2", "--RateLimits:OrganizationPerSecond=0.1");
        var org = Guid.NewGuid();

        int[] statuses = [await StatusAsync(gateway, org), await StatusAsync(gateway, org), await StatusAsync(gateway, org), await StatusAsync(gateway, Guid.NewGuid())];

        Assert.That(statuses, Is.EqualTo(new[] { 200, 200, 429, 200 }));
    }

    [Test]
    public async Task Address_WithoutAKey_IsBoundedAndHealthIsNot()
    {
        await using var gateway = await TestGateway.StartAsync("--RateLimits:AddressBurst=3", "--RateLimits:AddressPerSecond=0.1");

        int[] statuses = [.. await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ => (int)(await gateway.GetAsync("/nowhere")).StatusCode))];
        var health = await gateway.GetAsync("/health/ready");

        Assert.That(statuses.Count(s => s == 404), Is.EqualTo(3));
        Assert.That(statuses.Count(s => s == 429), Is.EqualTo(2));
        Assert.That((int)health.StatusCode, Is.EqualTo(200));
        Assert.That(Header(health, "X-RateLimit-Remaining"), Is.EqualTo("0"));
    }

    private static async Task<int> StatusAsync(TestGateway gateway, Guid org) => (int)(await gateway.EnhanceAsync(gateway.Auth.CreateKey(org))).StatusCode;

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}
