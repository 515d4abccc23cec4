using Grpc.Health.V1;
using Grpc.Net.Client;
using HealthClient = Grpc.Health.V1.Health.HealthClient;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Tls;
using PromptPlatform.TestKit;

namespace PromptPlatform.ServiceDefaults.Tests.Tls;

/// <summary>A service that calls another; every call has a connection of its own unless one is kept.</summary>
internal sealed class TlsCaller : IDisposable
{
    private readonly ServiceProvider _services;

    public TlsCaller(TlsFolder folder, TimeProvider? clock = null)
    {
        var options = new TlsOptions
        {
            CertificateFile = File.Exists(folder.CertificateFile) ? folder.CertificateFile : "",
            KeyFile = folder.KeyFile,
            AuthorityFile = folder.AuthorityFile,
        };
        Tls = new FleetTls(Options.Create(options), clock ?? TimeProvider.System, NullLogger<FleetTls>.Instance);
        _services = new ServiceCollection().AddSingleton(Tls).BuildServiceProvider();
    }

    public FleetTls Tls { get; }

    /// <summary>One gRPC call over a new connection; the thumbprint of the certificate that the server showed.</summary>
    public async Task<string> CallAsync(string address)
    {
        string seen = "";
        using var handler = Handler();
        var judge = handler.SslOptions.RemoteCertificateValidationCallback!;
        handler.SslOptions.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
        {
            seen = certificate!.GetCertHashString();
            return judge(sender, certificate, chain, errors);
        };
        await CallAsync(address, handler);
        return seen;
    }

    /// <summary>One call over the handler's connection.</summary>
    public static async Task CallAsync(string address, SocketsHttpHandler handler)
    {
        using var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler });
        await new HealthClient(channel).CheckAsync(new HealthCheckRequest()).ResponseAsync.WithinAsync();
    }

    public async Task<int> GetAsync(string address)
    {
        using var http = new HttpClient(Handler());
        using var response = await http.GetAsync(new Uri(address)).WithinAsync();
        return (int)response.StatusCode;
    }

    public SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.UseFleetTls(_services);
        return handler;
    }

    public void Dispose() => _services.Dispose();
}
