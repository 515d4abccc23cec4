using System.Security.Cryptography;
using System.Text;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.TestKit;

namespace PromptPlatform.ServiceDefaults.Tests;

public sealed class PromptCipherTests
{
    private const string Text = "a prompt that nobody else may read";
    private readonly Guid _org = Guid.NewGuid();
    private readonly Guid _row = Guid.NewGuid();
    private ServiceDatabaseRig _rig = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _rig = await ServiceDatabaseRig.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _rig.DisposeAsync();

    [Test]
    public async Task DecryptAsync_AfterEncryptAsync_GivesTheText()
    {
        byte[] stored = await EncryptAsync();

        Assert.That(Encoding.UTF8.GetString(stored), Does.Not.Contain("nobody"));
        Assert.That(await _rig.Cipher.DecryptTextAsync(_org, _row, "t.c", stored, CancellationToken.None).WithinAsync(), Is.EqualTo(Text));
    }

    [Test]
    public async Task EncryptAsync_Twice_GivesTwoCiphertexts()
    {
        byte[] first = await EncryptAsync();
        byte[] second = await EncryptAsync();

        Assert.That(second, Is.Not.EqualTo(first));
    }

    [Test]
    public async Task DecryptAsync_WhenMovedToAnotherRowPlaceOrOrganisation_Refuses()
    {
        byte[] stored = await EncryptAsync();

        Assert.CatchAsync<CryptographicException>(() => _rig.Cipher.DecryptAsync(_org, Guid.NewGuid(), "t.c", stored, default).AsTask());
        Assert.CatchAsync<CryptographicException>(() => _rig.Cipher.DecryptAsync(_org, _row, "t.other", stored, default).AsTask());
        var error = Assert.CatchAsync<Exception>(() => _rig.Cipher.DecryptAsync(Guid.NewGuid(), _row, "t.c", stored, default).AsTask());
        Assert.That(error, Is.InstanceOf<CryptographicException>().Or.InstanceOf<RequestException>());
    }

    [Test]
    public async Task DecryptAsync_WhenOneBitIsTurned_Refuses([Values(20, 30, -1)] int at)
    {
        byte[] stored = await EncryptAsync();
        stored[at < 0 ? ^1 : at] ^= 1;

        Assert.CatchAsync<CryptographicException>(() => _rig.Cipher.DecryptAsync(_org, _row, "t.c", stored, default).AsTask());
    }

    [Test]
    public async Task EraseAsync_MakesTextUnreadableForEver()
    {
        var org = Guid.NewGuid();
        byte[] stored = await _rig.Cipher.EncryptAsync(org, _row, "t.c", Text, default).WithinAsync();

        await _rig.Keys.EraseAsync(org, default).WithinAsync();

        var error = Assert.ThrowsAsync<RequestException>(() => _rig.Cipher.DecryptAsync(org, _row, "t.c", stored, default).AsTask());
        Assert.That(error!.Fault, Is.EqualTo(RequestFault.NotFound));
    }

    [Test]
    public async Task EncryptAsync_WhenManyBeginAtOnce_AgreeOnOneKey()
    {
        var org = Guid.NewGuid();

        var stored = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _rig.Cipher.EncryptAsync(org, _row, "t.c", Text, default).AsTask())).WithinAsync();

        Assert.That(stored.Select(s => Convert.ToHexString(s.AsSpan(1, 16))).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task EncryptAsync_FromManyThreads_StaysReadable()
    {
        await Parallel.ForAsync(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancellation) =>
        {
            string text = $"{Text} {i}";
            byte[] stored = await _rig.Cipher.EncryptAsync(_org, _row, "t.c", text, cancellation);
            Assert.That(await _rig.Cipher.DecryptTextAsync(_org, _row, "t.c", stored, cancellation), Is.EqualTo(text));
        }).WithinAsync(60);
    }

    private Task<byte[]> EncryptAsync() => _rig.Cipher.EncryptAsync(_org, _row, "t.c", Text, CancellationToken.None).WithinAsync();
}
