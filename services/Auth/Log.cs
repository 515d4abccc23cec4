namespace PromptPlatform.Auth;

/// <summary>All log messages of Auth. None carries a secret, a token or a hash of one.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "organisation {OrgId} created with key {KeyId}")]
    public static partial void OrganizationCreated(this ILogger logger, string orgId, string keyId);

    [LoggerMessage(2, LogLevel.Information, "key {KeyId} created in organisation {OrgId} by {Creator}")]
    public static partial void ApiKeyCreated(this ILogger logger, string keyId, string orgId, string creator);

    [LoggerMessage(3, LogLevel.Information, "key {KeyId} revoked by {Revoker}")]
    public static partial void ApiKeyRevoked(this ILogger logger, string keyId, string revoker);

    [LoggerMessage(4, LogLevel.Information, "signing key {Kid} made, current from {ActiveFrom}")]
    public static partial void SigningKeyMade(this ILogger logger, string kid, DateTimeOffset activeFrom);

    [LoggerMessage(5, LogLevel.Warning, "signing keys could not be read; it is tried again within ten seconds")]
    public static partial void SigningKeysUnread(this ILogger logger, Exception error);

    [LoggerMessage(6, LogLevel.Warning, "revocations could not be read; trying again in {Delay}")]
    public static partial void RevocationsUnread(this ILogger logger, TimeSpan delay, Exception error);

    [LoggerMessage(7, LogLevel.Warning, "service {Service} sent a wrong secret")]
    public static partial void ServiceSecretWrong(this ILogger logger, string service);

    [LoggerMessage(8, LogLevel.Warning, "wrong API keys come faster than {PerSecond} per second: keys not seen before wait")]
    public static partial void KeyLookupsLimited(this ILogger logger, int perSecond);

    [LoggerMessage(9, LogLevel.Information, "erasure {RequestId} requested in organisation {OrgId}, of all of it: {IsWhole}")]
    public static partial void ErasureRequested(this ILogger logger, string requestId, string orgId, bool isWhole);
}
