using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.ServiceDefaults.Clients;
using PromptPlatform.ServiceDefaults.Settings;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>The door to identity inside the fleet.</summary>
public static class IdentitySetup
{
    /// <summary>Opens the methods of a service to callers with the scopes that the contract declares.</summary>
    public static IServiceCollection AddRpcAccess(this IServiceCollection services, ServiceDescriptor service) => services.AddSingleton(service);

    /// <summary>Token checks for a host without RPCs of its own, the gateway: it verifies tokens itself and follows revocations.</summary>
    public static void AddIdentity(this WebApplicationBuilder builder, string audience) => builder.AddIdentity(audience, isAuth: false);

    /// <summary>Token checks with Auth's keys and its revocations. Auth itself passes <paramref name="isAuth"/> and brings its own <see cref="ISigningKeys"/>.</summary>
    internal static void AddIdentity(this WebApplicationBuilder builder, string audience, bool isAuth)
    {
        builder.Services.AddOptionsAtStart<IdentityOptions>("Identity").PostConfigure(o => o.Audience = o.Audience.Length == 0 ? audience : o.Audience);
        builder.Services.AddSingleton(services => new AccessRules(services.GetServices<ServiceDescriptor>()));
        builder.Services.AddSingleton<TokenVerifier>();
        builder.Services.AddSingleton<RevocationList>();
        builder.Services.AddSingleton<IdentityInterceptor>();
        if (isAuth)
            return;
        builder.AddFleetClient<AuthService.AuthServiceClient>("auth", nameof(AuthService.AuthServiceClient.ExchangeServiceSecret), nameof(AuthService.AuthServiceClient.ListRevocations));
        builder.Services.TryAddSingleton<ISigningKeys, RemoteSigningKeys>();
        builder.Services.AddHostedService<RevocationWatcher>();
    }
}
