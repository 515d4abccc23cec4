using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PromptPlatform.ServiceDefaults.Tls;

/// <summary>This service's certificates and whom it trusts, always as the files hold them now: each new connection takes the newest.</summary>
internal sealed class FleetTls
{
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;
    private readonly WatchedFiles<KeyedCertificate>? _own;
    private readonly WatchedFiles<KeyedCertificate>? _public;
    private readonly WatchedFiles<X509Certificate2Collection>? _authorities;
    private readonly TimeProvider _clock;

    /// <summary>Reads the files; a <see cref="Settings.SettingsException"/> names the one that cannot be used.</summary>
    public FleetTls(IOptions<TlsOptions> options, TimeProvider clock, ILogger<FleetTls> logger)
    {
        var given = options.Value;
        _clock = clock;
        _own = Watch("CertificateFile", given.CertificateFile, "KeyFile", given.KeyFile, logger);
        _public = Watch("PublicCertificateFile", given.PublicCertificateFile, "PublicKeyFile", given.PublicKeyFile, logger) ?? _own;
        if (given.AuthorityFile.Length > 0 || (_own is not null && given.RequireClientCertificate))
        {
            var file = new SettingFile("Tls:AuthorityFile", given.AuthorityFile);
            _authorities = new([file], contents => PemCertificates.Read(file, contents[0]), logger);
        }
    }

    /// <summary>Whether ports for these callers speak TLS.</summary>
    public bool Serves(Audience audience) => CertificateFor(audience) is not null;

    /// <summary>Whether services can be called by TLS.</summary>
    public bool Calls => _authorities is not null;

    /// <summary>The certificate that this service shows to the fleet; null: none.</summary>
    public X509Certificate2? Certificate => _own?.Current.Certificate;

    /// <summary>Takes what has changed. One caller at a time.</summary>
    public void Refresh()
    {
        _own?.Refresh();
        if (_public != _own)
            _public?.Refresh();
        _authorities?.Refresh();
    }

    /// <summary>What the server's side of one new connection shows and asks.</summary>
    public SslServerAuthenticationOptions ServerOptions(Audience audience, HttpProtocols protocols)
    {
        var certificate = CertificateFor(audience) ?? throw new InvalidOperationException("TLS has no certificate");
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate.Current.Context,
            EnabledSslProtocols = Protocols,
            AllowRenegotiation = false,
            ApplicationProtocols = [.. Alpn(protocols)],
        };
        if (audience == Audience.Fleet)
        {
            // Without a certificate, or with one of somebody else, the handshake fails.
            options.ClientCertificateRequired = true;
            options.CertificateChainPolicy = FleetTrust.Callers(_authorities!.Current, _clock);
        }
        return options;
    }

    /// <summary>
    /// The client's side, for all connections of a handler: it keeps its copy of these options for good, so what may change is asked for
    /// by callbacks. The peer's name is that of the address that is called.
    /// </summary>
    public SslClientAuthenticationOptions ClientOptions()
    {
        var authorities = _authorities ?? throw new InvalidOperationException("TLS has no authority");
        return new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = Protocols,
            AllowRenegotiation = false,
            LocalCertificateSelectionCallback = (_, _, _, _, _) => _own?.Current.Certificate!,
            // Keeps the framework's own judgement, which is not asked, from fetching anything.
            CertificateChainPolicy = FleetTrust.Nobody(_clock),
            RemoteCertificateValidationCallback = (_, certificate, sent, errors) => FleetTrust.IsServer(certificate, sent, errors, authorities.Current, _clock),
        };
    }

    private static IEnumerable<SslApplicationProtocol> Alpn(HttpProtocols protocols)
    {
        if (protocols.HasFlag(HttpProtocols.Http2))
            yield return SslApplicationProtocol.Http2;
        if (protocols.HasFlag(HttpProtocols.Http1))
            yield return SslApplicationProtocol.Http11;
    }

    // _public is _own where no other is set.
    private WatchedFiles<KeyedCertificate>? CertificateFor(Audience audience) => audience switch
    {
        Audience.Public => _public,
        Audience.Anybody => _own ?? _public,
        Audience.Fleet => _own,
        _ => throw new ArgumentOutOfRangeException(nameof(audience)),
    };

    private WatchedFiles<KeyedCertificate>? Watch(string setting, string path, string keySetting, string keyPath, ILogger logger)
    {
        if (path.Length == 0)
            return null;
        var file = new SettingFile("Tls:" + setting, path);
        var key = new SettingFile("Tls:" + keySetting, keyPath);
        return new([file, key], contents => KeyedCertificate.Read(file, key, contents[0], contents[1], _clock.GetUtcNow()), logger);
    }
}
