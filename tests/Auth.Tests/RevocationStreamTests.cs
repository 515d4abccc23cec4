using Grpc.Core;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

internal sealed class RevocationStreamTests : AuthTest
{
    private AuthRig _replica = null!;

    [OneTimeSetUp]
    public async Task StartReplica() => _replica = await Auth.StartReplicaAsync();

    [OneTimeTearDown]
    public async Task StopReplica() => await _replica.DisposeAsync();

    [Test]
    public async Task WatchRevocations_TellsOfARevocationAtAnotherReplica()
    {
        var made = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "watched" });
        using var watch = await WatchAsync(_replica, after: 0);
        await watch.ResponseStream.MoveNext(CancellationToken.None).WithinAsync();

        await Auth.RevokeAsync(Auth.Operator.Secret, made.ApiKey.Id);

        var told = await NextAsync(watch, r => r.Id == made.ApiKey.Id).WithinAsync();
        Assert.That(told.Kind, Is.EqualTo("key"));
    }

    [Test]
    public async Task WatchRevocations_FromANumber_TellsWhatCameAfterIt()
    {
        var first = await RevokeOneAsync();
        long after = (await ListAsync(0)).LastSequence;
        var second = await RevokeOneAsync();

        using var watch = await WatchAsync(Auth, after);
        await watch.ResponseStream.MoveNext(CancellationToken.None).WithinAsync();

        var ids = watch.ResponseStream.Current.Revocations.Select(r => r.Id).ToList();
        Assert.That(ids, Does.Contain(second.Id).And.Not.Contain(first.Id));
    }

    [Test]
    public async Task WatchRevocations_FromANumberOfAnotherDatabase_BeginsAtTheStart()
    {
        var revoked = await RevokeOneAsync();

        using var watch = await WatchAsync(Auth, after: 1_000_000);
        await watch.ResponseStream.MoveNext(CancellationToken.None).WithinAsync();

        Assert.That(watch.ResponseStream.Current.Revocations.Select(r => r.Id), Does.Contain(revoked.Id));
    }

    [Test]
    public async Task WatchRevocations_WithoutNews_Beats()
    {
        using var watch = await WatchAsync(Auth, (await ListAsync(0)).LastSequence);
        await watch.ResponseStream.MoveNext(CancellationToken.None).WithinAsync();

        Assert.That(await watch.ResponseStream.MoveNext(CancellationToken.None).WithinAsync(), Is.True);
        Assert.That(watch.ResponseStream.Current.Revocations, Is.Empty);
    }

    [Test]
    public async Task WatchRevocations_WhenManyAreRevokedAtOnce_TellsEachOnceInOrder()
    {
        var keys = new List<string>();
        for (int i = 0; i < 20; i++)
            keys.Add((await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = $"many {i}" })).ApiKey.Id);
        using var watch = await WatchAsync(_replica, (await ListAsync(0)).LastSequence);

        await Task.WhenAll(keys.Select((id, i) => (i % 2 == 0 ? Auth : _replica).RevokeAsync(Auth.Operator.Secret, id))).WithinAsync();

        var told = await TakeAsync(watch, keys.Count).WithinAsync();
        Assert.That(told.Select(r => r.Id), Is.EquivalentTo(keys));
        Assert.That(told.Select(r => r.Sequence), Is.Ordered.And.Unique);
    }

    [Test]
    public async Task WatchRevocations_WhenAuthStops_EndsAsUnavailable()
    {
        await using var stopping = await Auth.StartReplicaAsync();
        using var watch = await WatchAsync(stopping, after: 0);
        await watch.ResponseStream.MoveNext(CancellationToken.None).WithinAsync();

        var stop = stopping.StopAsync();

        var refusal = await RefusalAsync(() => NextAsync(watch, _ => false));
        await stop;
        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.Unavailable));
    }

    [Test]
    public async Task WatchRevocations_WithoutAToken_IsRefused()
    {
        using var watch = Auth.Client.WatchRevocations(new WatchRevocationsRequest());

        var refusal = await RefusalAsync(() => watch.ResponseStream.MoveNext(CancellationToken.None));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
    }

    [Test]
    public async Task ListRevocations_InPages_GoesOnWhereTheLastEnded()
    {
        await RevokeOneAsync();
        await RevokeOneAsync();

        var first = await ListAsync(0, limit: 1);
        var second = await ListAsync(first.LastSequence, limit: 1);

        Assert.That(second.Revocations.Single().Sequence, Is.GreaterThan(first.Revocations.Single().Sequence));
    }

    private static async Task<AsyncServerStreamingCall<RevocationBatch>> WatchAsync(AuthRig rig, long after) =>
        rig.Client.WatchRevocations(new WatchRevocationsRequest { After = after }, await rig.AsServiceAsync("gateway"));

    private static async Task<Revocation> NextAsync(AsyncServerStreamingCall<RevocationBatch> watch, Func<Revocation, bool> wanted)
    {
        while (await watch.ResponseStream.MoveNext(CancellationToken.None))
        {
            if (watch.ResponseStream.Current.Revocations.FirstOrDefault(wanted) is { } found)
                return found;
        }
        throw new AssertionException("the stream ended without it");
    }

    private static async Task<List<Revocation>> TakeAsync(AsyncServerStreamingCall<RevocationBatch> watch, int count)
    {
        var told = new List<Revocation>();
        while (told.Count < count && await watch.ResponseStream.MoveNext(CancellationToken.None))
            told.AddRange(watch.ResponseStream.Current.Revocations);
        return told;
    }

    private async Task<ApiKey> RevokeOneAsync()
    {
        var made = await Auth.CreateKeyAsync(Auth.Operator.Secret, new CreateApiKeyRequest { Name = "one" });
        return await Auth.RevokeAsync(Auth.Operator.Secret, made.ApiKey.Id);
    }

    private async Task<RevocationBatch> ListAsync(long after, int limit = 0) =>
        await Auth.Client.ListRevocationsAsync(new ListRevocationsRequest { After = after, Limit = limit }, await Auth.AsServiceAsync("gateway")).ResponseAsync.WithinAsync();
}
