using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PromptPlatform.Auth.Tokens;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

public sealed class KeyLookupGuardTests
{
    private readonly TestClock _clock = new();
    private KeyLookupGuard _guard = null!;

    [SetUp]
    public void MakeGuard() => _guard = new KeyLookupGuard(Options.Create(new AuthOptions { MaxWrongKeysPerSecond = 3 }), _clock, NullLogger<KeyLookupGuard>.Instance);

    [Test]
    public void WrongKey_IsNotLookedUpAgainForAWhile()
    {
        byte[] wrong = NewHash();
        _guard.NoteUnknown(wrong);

        Assert.That(FaultOf(wrong), Is.EqualTo(RequestFault.Unauthenticated));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That(FaultOf(wrong), Is.Null);
    }

    [Test]
    public void Flood_HoldsUpStrangers_ButNotKeysKnownToBeRight()
    {
        byte[] right = NewHash();
        _guard.NoteFound(right);
        for (int i = 0; i < 3; i++)
            _guard.NoteUnknown(NewHash());

        Assert.That(FaultOf(NewHash()), Is.EqualTo(RequestFault.Exhausted));
        Assert.That(FaultOf(right), Is.Null);
    }

    [Test]
    public void Flood_IsForgottenAfterASecond()
    {
        for (int i = 0; i < 3; i++)
            _guard.NoteUnknown(NewHash());
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(FaultOf(NewHash()), Is.Null);
    }

    private static byte[] NewHash() => RandomNumberGenerator.GetBytes(32);

    private RequestFault? FaultOf(byte[] hash)
    {
        try
        {
            _guard.RequireMayLookUp(hash);
            return null;
        }
        catch (RequestException refusal)
        {
            return refusal.Fault;
        }
    }
}
