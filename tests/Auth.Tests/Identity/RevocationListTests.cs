using System.Collections.Frozen;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Text;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests.Identity;

public sealed class RevocationListTests
{
    private static readonly Guid s_org = Guid.Parse("11111111-2222-3333-4444-555555555555");

    private readonly TestClock _clock = new();
    private RevocationList _list = null!;

    [SetUp]
    public void MakeList() => _list = new RevocationList(_clock);

    [Test]
    public void IsRevoked_KnowsKeysAndOrganizations()
    {
        _list.Add("key", "key_1");
        _list.Add("organization", PublicId.Format("org", s_org));

        Assert.That(_list.IsRevoked(CallerOf(Guid.Empty, "key_1")), Is.True);
        Assert.That(_list.IsRevoked(CallerOf(s_org, "key_2")), Is.True);
        Assert.That(_list.IsRevoked(CallerOf(Guid.Empty, "key_2")), Is.False);
    }

    [Test]
    public void Revoked_IsToldOncePerRevocation()
    {
        var told = new List<string>();
        _list.Revoked += (kind, id) => told.Add($"{kind}:{id}");

        _list.Add("key", "key_1");
        _list.Add("key", "key_1");

        Assert.That(told, Is.EqualTo(new[] { "key:key_1" }));
    }

    [Test]
    public void Entries_StayLongerThanATokenLives_AndLeaveThen()
    {
        _list.Add("key", "key_1");

        _clock.Advance(RevocationList.KeepFor);
        _list.Add("key", "key_2");
        bool kept = _list.IsRevoked(CallerOf(s_org, "key_1"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _list.Add("key", "key_3");

        Assert.That(RevocationList.KeepFor, Is.GreaterThan(FleetToken.Lifetime));
        Assert.That(kept, Is.True);
        Assert.That(_list.IsRevoked(CallerOf(s_org, "key_1")), Is.False);
    }

    private static Caller CallerOf(Guid orgId, string keyId) => new(keyId, orgId, keyId, FrozenSet<string>.Empty, DateTimeOffset.MaxValue);
}
