using System.ComponentModel.DataAnnotations;

namespace PromptPlatform.ServiceDefaults.Tls;

/// <summary>
/// TLS inside the fleet, section <c>Tls</c>. All files are PEM, are read again while the service runs, and may be symbolic links.
/// Without a certificate a service listens on loopback only.
/// </summary>
public sealed class TlsOptions
{
    /// <summary>This service's certificate, then its intermediates. Its names are those that callers use. Empty: plain text.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>The certificate's private key, not encrypted (PKCS#8, RSA or EC).</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>The authorities of the fleet, nobody else is trusted: roots, and the intermediates of callers that do not send theirs. Old and new stand together while an authority is replaced.</summary>
    public string AuthorityFile { get; set; } = "";

    /// <summary>Whether callers must show a certificate of <see cref="AuthorityFile"/> on the REST and gRPC ports. Not asked on the management port, nor by the gateway.</summary>
    public bool RequireClientCertificate { get; set; } = true;

    /// <summary>The certificate that the gateway shows to the public; empty: <see cref="CertificateFile"/>. The other services have no use for it.</summary>
    public string PublicCertificateFile { get; set; } = "";

    /// <summary>The key of <see cref="PublicCertificateFile"/>.</summary>
    public string PublicKeyFile { get; set; } = "";

    /// <summary>Whether plain text may leave this machine. For trials, and where something else encrypts it.</summary>
    public bool AllowPlainText { get; set; }

    /// <summary>Time between two looks at the files. Their contents are compared: Kubernetes swaps a link, which no file watch tells reliably.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CheckEvery { get; set; } = TimeSpan.FromSeconds(5);
}
