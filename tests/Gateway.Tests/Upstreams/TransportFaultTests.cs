using System.Net;
using System.Net.Sockets;
using PromptPlatform.Gateway.Upstreams;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Upstreams;

/// <summary>What the transport's own exceptions prove: they are those of .NET, so they are provoked and not made.</summary>
internal sealed class TransportFaultTests
{
    [Test]
    public async Task Connection_ThatIsRefused_NeverCarriedARequest()
    {
        var error = await FailAsync("http://127.0.0.1:1/", TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        Assert.That(TransportFault.IsUnreachable(error), error.ToString());
    }

    [Test]
    public async Task Connection_ThatDoesNotOpenInTime_NeverCarriedARequest()
    {
        // A full backlog: the kernel drops further handshakes.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var end = (IPEndPoint)listener.LocalEndPoint!;
        using var filler = new TcpClient();
        await filler.ConnectAsync(end).WithinAsync();

        var error = await FailAsync($"http://{end}/", TimeSpan.FromSeconds(0.2), Timeout.InfiniteTimeSpan);

        Assert.That(TransportFault.IsUnreachable(error), error.ToString());
    }

    [Test]
    public async Task Answer_ThatDoesNotCome_ProvesNothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var error = await FailAsync($"http://{listener.LocalEndpoint}/", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(0.2));

        Assert.That(TransportFault.NeverProcessed(error), Is.False, error.ToString());
    }

    private static async Task<Exception> FailAsync(string address, TimeSpan connectTimeout, TimeSpan timeout)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { ConnectTimeout = connectTimeout });
        using var cancellation = new CancellationTokenSource(timeout);
        return Assert.CatchAsync(() => client.SendAsync(new HttpRequestMessage(HttpMethod.Get, address), cancellation.Token).WithinAsync())!;
    }
}
