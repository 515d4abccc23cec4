namespace PromptPlatform.ServiceDefaults.Tests.Tls;

/// <summary>A certificate as it is handed to a service.</summary>
internal sealed record TestCertificate(string CertificatePem, string KeyPem, string Thumbprint);
