using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.Gateway.Tests.Upstreams;

/// <summary>Auth's side of the contract, as the gateway uses it.</summary>
internal sealed class FakeAuth(TimeProvider clock) : AuthService.AuthServiceBase
{
    private readonly ECDsa _signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<string, (Guid OrgId, string KeyId)> _keys = new();
    private readonly Channel<Revocation> _revocations = Channel.CreateUnbounded<Revocation>();
    private int _exchanges;
    private long _sequence;

    public int Exchanges => Volatile.Read(ref _exchanges);

    public StatusCode? Refusal { get; set; }

    public TaskCompletionSource? Hold { get; set; }

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(5);

    public string CreateKey(Guid? orgId = null)
    {
        string key = TestKeys.Make();
        _keys[key] = (orgId ?? Guid.NewGuid(), $"key_{Guid.NewGuid():N}");
        return key;
    }

    public void Revoke(string key)
    {
        _keys.TryRemove(key, out var owner);
        _revocations.Writer.TryWrite(new Revocation { Sequence = Interlocked.Increment(ref _sequence), Kind = "key", Id = owner.KeyId });
    }

    public string Sign(string audience, TimeSpan lifetime, Guid orgId, string keyId)
    {
        var now = clock.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = "promptplatform-auth",
            ["aud"] = audience,
            ["sub"] = keyId,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + lifetime).ToUnixTimeSeconds(),
            [FleetToken.OrgClaim] = orgId.ToString("N"),
            [FleetToken.KeyClaim] = keyId,
            [FleetToken.ScopeClaim] = "enhance techniques:read",
        };
        // The shared factory remembers signers by key id: it would sign with the key of another fake.
        var key = new ECDsaSecurityKey(_signing) { KeyId = "test", CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
        return new JsonWebTokenHandler().CreateToken(JsonSerializer.Serialize(claims), new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256));
    }

    public override async Task<TokenResponse> ExchangeApiKey(ExchangeApiKeyRequest request, ServerCallContext context)
    {
        Interlocked.Increment(ref _exchanges);
        if (Hold is { } hold)
            await hold.Task;
        if (Refusal is { } refusal)
            throw new RpcException(new Status(refusal, "refused"));
        if (!_keys.TryGetValue(request.ApiKey, out var owner))
            throw new RpcException(new Status(StatusCode.Unauthenticated, "the API key was revoked or is unknown; create another one"));
        return new TokenResponse
        {
            Token = Sign(request.Audience, Lifetime, owner.OrgId, owner.KeyId),
            ExpiresAt = Timestamp.FromDateTimeOffset(clock.GetUtcNow() + Lifetime),
            OrgId = $"org_{owner.OrgId:N}",
            KeyId = owner.KeyId,
            Scopes = { "enhance", "techniques:read" },
        };
    }

    public override Task<TokenResponse> ExchangeServiceSecret(ExchangeServiceSecretRequest request, ServerCallContext context) =>
        Task.FromResult(new TokenResponse { Token = "service", ExpiresAt = Timestamp.FromDateTimeOffset(clock.GetUtcNow() + TimeSpan.FromHours(10)) });

    public override Task<GetJwksResponse> GetJwks(GetJwksRequest request, ServerCallContext context) =>
        Task.FromResult(new GetJwksResponse { Keys = { EcKeys.Write("test", _signing) } });

    public override async Task WatchRevocations(WatchRevocationsRequest request, IServerStreamWriter<RevocationBatch> responseStream, ServerCallContext context)
    {
        while (!context.CancellationToken.IsCancellationRequested)
        {
            var batch = new RevocationBatch { LastSequence = _sequence };
            while (_revocations.Reader.TryRead(out var revocation))
                batch.Revocations.Add(revocation);
            await responseStream.WriteAsync(batch);
            await Task.WhenAny(_revocations.Reader.WaitToReadAsync(context.CancellationToken).AsTask(), Task.Delay(1000, context.CancellationToken));
        }
    }

    public override Task<RevocationBatch> ListRevocations(ListRevocationsRequest request, ServerCallContext context) =>
        Task.FromResult(new RevocationBatch { LastSequence = _sequence });
}
