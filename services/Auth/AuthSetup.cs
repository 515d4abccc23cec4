using PromptPlatform.Auth.ApiKeys;
using PromptPlatform.Auth.DataRequests;
using PromptPlatform.Auth.Organizations;
using PromptPlatform.Auth.PersonalData;
using PromptPlatform.Auth.Revocations;
using PromptPlatform.Auth.SigningKeys;
using PromptPlatform.Auth.Tokens;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Auth;

/// <summary>The door to Auth.</summary>
public static class AuthSetup
{
    /// <summary>Adds everything that Auth needs; its database is <c>auth</c>.</summary>
    public static WebApplicationBuilder AddAuth(this WebApplicationBuilder builder)
    {
        builder.AddDatabase("auth", typeof(AuthSetup).Assembly);
        builder.Services.AddRpcAccess(AuthService.Descriptor);
        builder.Services.AddOptionsAtStart<AuthOptions>("Auth");
        AddUseCases(builder.Services);
        builder.Services.AddSingleton<SigningKeyStore>();
        builder.Services.AddSingleton<SigningKeyRing>();
        builder.Services.AddSingleton<ISigningKeys>(services => services.GetRequiredService<SigningKeyRing>());
        builder.Services.AddHostedService(services => services.GetRequiredService<SigningKeyRing>());
        builder.Services.AddHealthChecks().AddCheck<SigningKeyHealth>("signing-keys", tags: ["ready"]);
        builder.Services.AddSingleton<RevocationLog>();
        builder.Services.AddSingleton<RevocationFeed>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RevocationFeed>());
        builder.AddDataRequests();
        return builder.AddMessaging("auth");
    }

    /// <summary>Maps Auth's RPCs.</summary>
    public static WebApplication MapAuth(this WebApplication app)
    {
        app.MapGrpcService<AuthGrpcService>();
        app.MapGrpcService<AccountGrpcService>();
        app.MapGrpcService<PersonalDataGrpcService>();
        return app;
    }

    private static void AddUseCases(IServiceCollection services)
    {
        services.AddSingleton<CreateOrganization>();
        services.AddSingleton<ListOrganizations>();
        services.AddSingleton<GetOrganization>();
        services.AddSingleton<CreateApiKey>();
        services.AddSingleton<ListApiKeys>();
        services.AddSingleton<RevokeApiKey>();
        services.AddSingleton<KeyLookupGuard>();
        services.AddSingleton<IssueToken>();
        services.AddSingleton<ExchangeApiKey>();
        services.AddSingleton<ExchangeServiceSecret>();
        services.AddSingleton<IntrospectToken>();
        services.AddSingleton<GetJwks>();
        services.AddSingleton<RotateSigningKey>();
        services.AddSingleton<WatchRevocations>();
        services.AddSingleton<ListRevocations>();
        services.AddSingleton<AuthGrpcService>();
    }
}
