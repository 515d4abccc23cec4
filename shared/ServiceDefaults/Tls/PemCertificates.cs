using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.ServiceDefaults.Tls;

/// <summary>Certificates in a PEM file.</summary>
internal static class PemCertificates
{
    /// <summary>All of them, one at least; else <see cref="SettingsException"/> naming the setting.</summary>
    public static X509Certificate2Collection Read(SettingFile file, byte[] pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(pem));
        }
        catch (CryptographicException error)
        {
            throw file.Wrong($"holds a damaged certificate ({error.Message}): give a PEM file that begins with -----BEGIN CERTIFICATE-----");
        }
        return certificates.Count > 0
            ? certificates
            : throw file.Wrong("holds no certificate: give a PEM file that begins with -----BEGIN CERTIFICATE-----");
    }
}
