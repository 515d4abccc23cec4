using System.Net.Security;
using System.Net.Sockets;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>A socket to a port of the gateway, in TLS where its address says so. The certificate is the one that the test has made.</summary>
internal sealed class RawSocket : IDisposable
{
    private readonly TcpClient _client = new();

    public Stream Stream { get; private set; } = Stream.Null;

    public static async Task<RawSocket> OpenAsync(string url, SslApplicationProtocol protocol, int? receiveBuffer = null)
    {
        var socket = new RawSocket();
        if (receiveBuffer is { } bytes)
            socket._client.ReceiveBufferSize = bytes;
        var address = new Uri(url);
        await socket._client.ConnectAsync(address.Host, address.Port).WithinAsync();
        socket.Stream = socket._client.GetStream();
        if (address.Scheme == Uri.UriSchemeHttps)
            await socket.SecureAsync(protocol);
        return socket;
    }

    public void Dispose()
    {
        Stream.Dispose();
        _client.Dispose();
    }

    private async Task SecureAsync(SslApplicationProtocol protocol)
    {
        var tls = new SslStream(Stream);
        Stream = tls;
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = [protocol],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost",
        }).WithinAsync();
    }
}
