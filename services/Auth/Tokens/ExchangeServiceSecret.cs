using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Auth.Tokens;

/// <summary>Swaps a service's secret for a token.</summary>
internal sealed class ExchangeServiceSecret(IOptions<AuthOptions> options, IssueToken issue, ILogger<ExchangeServiceSecret> logger)
{
    private static readonly byte[] s_nobody = new byte[32];

    public Task<TokenResponse> HandleAsync(ExchangeServiceSecretRequest request, CancellationToken cancellation)
    {
        // An unknown service takes the same way and time as a wrong secret, and hears the same.
        var service = options.Value.Services.GetValueOrDefault(request.Service);
        byte[] expected = service is null ? s_nobody : Convert.FromHexString(service.SecretSha256);
        bool right = CryptographicOperations.FixedTimeEquals(expected, SHA256.HashData(Encoding.UTF8.GetBytes(request.Secret)));
        if (service is null || !right)
        {
            if (service is not null)
                logger.ServiceSecretWrong(request.Service);
            throw RequestException.Unauthenticated("service or secret is wrong; check Identity:ServiceSecret of the service and Auth:Services here");
        }
        issue.RequireAudience(request.Audience);
        string[] scopes = service.ScopesFor(request.Service, request.Audience);
        if (scopes.Length == 0)
            throw RequestException.Forbidden($"{request.Service} may do nothing at {request.Audience}; Auth:Services:{request.Service}:Scopes opens it");
        return issue.ForServiceAsync(request.Service, scopes, request.Audience, cancellation);
    }
}
