using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PromptPlatform.ServiceDefaults.Tls;

/// <summary>Whether a certificate is of the fleet. The system's authorities count for nothing, and nothing is fetched to find out.</summary>
internal static class FleetTrust
{
    private static readonly Oid s_serverUse = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid s_clientUse = new("1.3.6.1.5.5.7.3.2");

    /// <summary>What a caller's certificate must satisfy.</summary>
    public static X509ChainPolicy Callers(X509Certificate2Collection authorities, TimeProvider clock) => Policy(authorities, s_clientUse, clock);

    /// <summary>A policy that nobody satisfies.</summary>
    public static X509ChainPolicy Nobody(TimeProvider clock) => Policy([], s_serverUse, clock);

    /// <summary>Judges a server. <paramref name="sent"/> holds what it sent beside its certificate; <paramref name="errors"/> says whether its name is right.</summary>
    public static bool IsServer(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors, X509Certificate2Collection authorities, TimeProvider clock)
    {
        if (certificate is not X509Certificate2 server || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var chain = new X509Chain { ChainPolicy = Policy(authorities, s_serverUse, clock) };
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        return chain.Build(server);
    }

    // Certificates of a fleet live for days: they expire, they are not revoked.
    private static X509ChainPolicy Policy(X509Certificate2Collection authorities, Oid use, TimeProvider clock)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = clock.GetUtcNow().UtcDateTime,
            VerificationTimeIgnored = false,
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(use);
        return policy;
    }
}
