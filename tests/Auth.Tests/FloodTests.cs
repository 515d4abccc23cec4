using Grpc.Core;
using PromptPlatform.Auth.ApiKeys;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

internal sealed class FloodTests : AuthTest
{
    private readonly TestClock _clock = new();

    [Test]
    public async Task ExchangeApiKey_InAFloodOfWrongKeys_LooksUpAFew_AndServesKnownOnes()
    {
        await Auth.ExchangeAsync(Auth.Operator.Secret);

        var statuses = new List<StatusCode>();
        for (int i = 0; i < 20; i++)
            statuses.Add((await RefusalAsync(() => Auth.ExchangeAsync(ApiKeySecret.Make(ApiKeySecret.Live)))).StatusCode);

        // The clock stands still, so the second does not end.
        Assert.That(statuses.Take(5), Is.All.EqualTo(StatusCode.Unauthenticated));
        Assert.That(statuses.Skip(5), Is.All.EqualTo(StatusCode.ResourceExhausted));
        Assert.That((await Auth.ExchangeAsync(Auth.Operator.Secret)).Token, Is.Not.Empty);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await RefusalAsync(() => Auth.ExchangeAsync(ApiKeySecret.Make(ApiKeySecret.Live)))).StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
    }

    protected override Task<AuthRig> StartAsync() => AuthRig.StartAsync(_clock, "--Auth:MaxWrongKeysPerSecond=5");
}
