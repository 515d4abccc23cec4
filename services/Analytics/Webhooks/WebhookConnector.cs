using System.Net;
using System.Net.Sockets;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>
/// Connects to endpoints of customers. The name is resolved here and every address of it checked; the connection then goes to a checked
/// address, so that a name cannot mean another machine between check and connection.
/// </summary>
/// <param name="resolve">Addresses of a host name.</param>
/// <param name="allowLoopback">Takes loopback addresses too.</param>
internal sealed class WebhookConnector(Func<string, CancellationToken, Task<IPAddress[]>> resolve, bool allowLoopback)
{
    /// <summary>A client that goes nowhere else: no proxy, no redirects, no cookies, no credentials, no trace headers.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = ConnectAsync,
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        PreAuthenticate = false,
        Credentials = null,
        ActivityHeadersPropagator = null,
        AutomaticDecompression = DecompressionMethods.None,
        // In units of 1024 bytes.
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        // A kept connection is not checked again; it ends soon.
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await resolve(context.DnsEndPoint.Host, cancellation);
        // One bad address among good ones is how a guard is talked into the bad one: the whole name is refused.
        if (addresses.Length == 0 || !addresses.All(IsAllowed))
            throw new ForbiddenAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(IPAddress address) => PublicAddress.IsPublic(address) || (allowLoopback && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}

/// <summary>The name of an endpoint leads somewhere that is not the public internet.</summary>
internal sealed class ForbiddenAddressException() : Exception("the address is not of the public internet");
