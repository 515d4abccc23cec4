using Microsoft.Extensions.Options;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Identity;

namespace PromptPlatform.ServiceDefaults.Clients;

/// <summary>Fetches this service's tokens from Auth.</summary>
internal sealed class ServiceTokenSource(IServiceProvider services, IOptions<IdentityOptions> options, TimeProvider clock)
{
    public async Task<(string Token, DateTimeOffset ExpiresAt)> FetchAsync(string audience, CancellationToken cancellation)
    {
        // The Auth client itself is built on the handler that asks here, so it is resolved late.
        var auth = (AuthService.AuthServiceClient)services.GetService(typeof(AuthService.AuthServiceClient))!;
        var request = new ExchangeServiceSecretRequest { Service = options.Value.Audience, Secret = options.Value.ServiceSecret, Audience = audience };
        var answer = await auth.ExchangeServiceSecretAsync(request, deadline: clock.GetUtcNow().UtcDateTime.AddSeconds(3), cancellationToken: cancellation);
        return (answer.Token, answer.ExpiresAt.ToDateTimeOffset());
    }
}
