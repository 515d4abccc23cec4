using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.ServiceDefaults.Tls;

/// <summary>A certificate with its private key and the intermediates that it is sent with.</summary>
internal sealed class KeyedCertificate
{
    private KeyedCertificate(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        Certificate = certificate;
        // Offline: the chain is what the file holds; nothing is fetched from addresses in a certificate.
        Context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>What servers show; it also holds the TLS sessions, so a new certificate forgets those of the old.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Reads both files' contents. Throws <see cref="SettingsException"/> naming the setting at fault, also when the certificate is not valid at <paramref name="now"/>.</summary>
    public static KeyedCertificate Read(SettingFile certificate, SettingFile key, byte[] certificatePem, byte[] keyPem, DateTimeOffset now)
    {
        var chain = PemCertificates.Read(certificate, certificatePem);
        string keyText = Encoding.UTF8.GetString(keyPem);
        if (keyText.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal))
            throw key.Wrong("holds an encrypted key: give it without a password (openssl pkey -in … -out …) and keep the file private");
        if (!keyText.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw key.Wrong("holds no private key: give the PEM file that begins with -----BEGIN PRIVATE KEY-----");
        try
        {
            var keyed = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(certificatePem), keyText);
            RequireValid(certificate, keyed, now);
            return new KeyedCertificate(keyed, chain);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw key.Wrong($"does not belong to the first certificate in {certificate.Path} ({error.Message}): give the key that this certificate was issued for");
        }
    }

    private static void RequireValid(SettingFile file, X509Certificate2 certificate, DateTimeOffset now)
    {
        if (certificate.NotAfter.ToUniversalTime() <= now.UtcDateTime)
            throw file.Wrong($"expired at {certificate.NotAfter.ToUniversalTime():u}: renew it");
        if (certificate.NotBefore.ToUniversalTime() > now.UtcDateTime)
            throw file.Wrong($"is not valid before {certificate.NotBefore.ToUniversalTime():u}: set this machine's clock, or give a certificate that is valid");
    }
}
