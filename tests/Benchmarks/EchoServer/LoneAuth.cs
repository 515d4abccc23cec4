using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PromptPlatform.Contracts.Auth.V1;

namespace PromptPlatform.Benchmarks.EchoServer;

/// <summary>What the gateway asks of Auth: every key belongs to one organisation, nothing is ever revoked. The echo checks no token.</summary>
internal sealed class LoneAuth(TimeProvider clock) : AuthService.AuthServiceBase
{
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(1);

    public override Task<TokenResponse> ExchangeApiKey(ExchangeApiKeyRequest request, ServerCallContext context)
    {
        // As long as a fleet token: an ES256 JWT with the claims that Auth writes.
        var answer = Token(new string('a', 420));
        answer.OrgId = $"org_{1:x32}";
        answer.KeyId = $"key_{1:x32}";
        answer.Scopes.Add("enhance");
        return Task.FromResult(answer);
    }

    public override Task<TokenResponse> ExchangeServiceSecret(ExchangeServiceSecretRequest request, ServerCallContext context) =>
        Task.FromResult(Token("service"));

    public override Task<GetJwksResponse> GetJwks(GetJwksRequest request, ServerCallContext context) => Task.FromResult(new GetJwksResponse());

    public override Task<RevocationBatch> ListRevocations(ListRevocationsRequest request, ServerCallContext context) => Task.FromResult(new RevocationBatch());

    public override async Task WatchRevocations(WatchRevocationsRequest request, IServerStreamWriter<RevocationBatch> responseStream, ServerCallContext context)
    {
        using var timer = new PeriodicTimer(s_heartbeat, clock);
        do
        {
            await responseStream.WriteAsync(new RevocationBatch());
        }
        while (await timer.WaitForNextTickAsync(context.CancellationToken));
    }

    private TokenResponse Token(string text) => new() { Token = text, ExpiresAt = Timestamp.FromDateTimeOffset(clock.GetUtcNow() + TimeSpan.FromHours(1)) };
}
