using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using PromptPlatform.Benchmarks.EchoServer;

// EchoServer <gRPC port> <HTTP/1.1 port>: the echo server of the transport benchmarks on our gRPC server.
// EchoServer <gRPC port> <HTTP/1.1 port> <gRPC port> <HTTP/1.1 port>: a bare proxy before the echo server at the latter two.
int[] ports = [.. args.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Listen(IPAddress.Loopback, ports[0], o => o.Protocols = HttpProtocols.Http2);
    kestrel.Listen(IPAddress.Loopback, ports[1], o => o.Protocols = HttpProtocols.Http1);
});
var app = ports.Length > 2 ? BareProxy.Build(builder, ports[2], ports[3]) : EchoHost.Build(builder);
await app.RunAsync();
