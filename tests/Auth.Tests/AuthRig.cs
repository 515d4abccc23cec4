using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.LocalServers;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

/// <summary>A real Auth on loopback with a real database, spoken to by gRPC.</summary>
internal sealed class AuthRig : IAsyncDisposable
{
    /// <summary>The services that the rig's fleet has.</summary>
    public static readonly string[] Services = ["gateway", "enhancement", "inference", "catalog"];

    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private AuthRig(WebApplication app, ServiceDatabase database, TimeProvider clock, ErrorLogGuard errors)
    {
        _app = app;
        Database = database;
        Clock = clock;
        Errors = errors;
        Ports = BoundPorts.Of(app);
        _channel = GrpcChannel.ForAddress(Ports.Grpc);
        Client = new AuthService.AuthServiceClient(_channel);
    }

    public ServiceDatabase Database { get; }

    public TimeProvider Clock { get; }

    public ErrorLogGuard Errors { get; }

    public BoundPorts Ports { get; }

    public AuthService.AuthServiceClient Client { get; }

    /// <summary>A channel to its gRPC port.</summary>
    public GrpcChannel Channel => _channel;

    /// <summary>The operator's key; set by <see cref="StartAsync"/>.</summary>
    public OperatorKey Operator { get; private set; } = null!;

    public static Task<AuthRig> StartAsync() => StartAsync(TimeProvider.System);

    public static async Task<AuthRig> StartAsync(TimeProvider clock, params string[] settings) =>
        await StartAsync(clock, await PostgresServer.CreateDatabaseAsync("auth"), settings);

    /// <summary>Another replica on the same database, with the same clock.</summary>
    public Task<AuthRig> StartReplicaAsync() => StartAsync(Clock, Database);

    /// <summary>The secret of a service of the rig's fleet.</summary>
    public static string SecretOf(string service) => service + "-secret-with-enough-of-everything";

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A token of a key.</summary>
    public async Task<TokenResponse> ExchangeAsync(string secret, string audience = "auth") =>
        await Client.ExchangeApiKeyAsync(new ExchangeApiKeyRequest { ApiKey = secret, Audience = audience }).ResponseAsync.WithinAsync();

    /// <summary>Headers with a key's token for Auth.</summary>
    public async Task<Metadata> AsAsync(string secret) => new() { { "authorization", "Bearer " + (await ExchangeAsync(secret)).Token } };

    /// <summary>Headers with a service's token for Auth.</summary>
    public async Task<Metadata> AsServiceAsync(string service) => new() { { "authorization", "Bearer " + (await ExchangeServiceAsync(service, "auth")).Token } };

    public async Task<TokenResponse> ExchangeServiceAsync(string service, string audience) =>
        await Client.ExchangeServiceSecretAsync(new ExchangeServiceSecretRequest { Service = service, Secret = SecretOf(service), Audience = audience }).ResponseAsync.WithinAsync();

    public async Task<CreateOrganizationResponse> CreateOrganizationAsync(string name) =>
        await Client.CreateOrganizationAsync(new CreateOrganizationRequest { Name = name }, await AsAsync(Operator.Secret)).ResponseAsync.WithinAsync();

    public async Task<CreateApiKeyResponse> CreateKeyAsync(string creator, CreateApiKeyRequest request) =>
        await Client.CreateApiKeyAsync(request, await AsAsync(creator)).ResponseAsync.WithinAsync();

    public async Task<ApiKey> RevokeAsync(string revoker, string keyId) =>
        (await Client.RevokeApiKeyAsync(new RevokeApiKeyRequest { Id = keyId }, await AsAsync(revoker)).ResponseAsync.WithinAsync()).ApiKey;

    /// <summary>Stops the service in good order.</summary>
    public Task StopAsync() => _app.StopAsync().WithinAsync();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync().WithinAsync();
        await _app.DisposeAsync();
    }

    /// <summary>The settings of an Auth on a database.</summary>
    public static string[] Settings(ServiceDatabase database) =>
    [
        "--ConnectionStrings:auth=" + database.AppConnectionString,
        "--ConnectionStrings:auth-owner=" + database.OwnerConnectionString,
        "--Encryption:MasterKey=" + Convert.ToBase64String(new byte[32]),
        "--Ports:Management=-1",
        "--Limits:DrainDelay=00:00:00", "--Messaging:Transport=InProcess",
        .. Services.Select(s => $"--Auth:Services:{s}:SecretSha256=" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(SecretOf(s))))),
        "--Auth:Services:gateway:Scopes:auth=auth.introspect auth.revocations auth.rotate",
    ];

    /// <summary>An Auth that nobody has given an operator yet.</summary>
    public static async Task<AuthRig> StartWithoutOperatorAsync() => await StartBareAsync(TimeProvider.System, await PostgresServer.CreateDatabaseAsync("auth"));

    private static async Task<AuthRig> StartAsync(TimeProvider clock, ServiceDatabase database, params string[] settings)
    {
        var rig = await StartBareAsync(clock, database, settings);
        rig.Operator = await AuthBootstrap.EnsureOperatorAsync(rig._app.Services, kept: null, CancellationToken.None).WithinAsync();
        return rig;
    }

    private static async Task<AuthRig> StartBareAsync(TimeProvider clock, ServiceDatabase database, params string[] settings)
    {
        var errors = new ErrorLogGuard();
        var app = ServiceProgram.Build([.. Settings(database), .. settings], builder =>
        {
            builder.Logging.ClearProviders().AddProvider(errors);
            builder.Services.AddSingleton(clock);
            builder.AddServiceDefaults("auth").AddAuth();
        }, app => app.MapServiceDefaults().MapAuth());
        await app.Services.GetRequiredService<Migrator>().ApplyAsync(CancellationToken.None).WithinAsync();
        await app.StartAsync().WithinAsync();
        return new AuthRig(app, database, clock, errors);
    }
}
