using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using PromptPlatform.Benchmarks.EchoServer;

// The echo server of the transport benchmarks on our gRPC server: EchoServer <gRPC port> <HTTP/1.1 port>.
var (grpc, http) = (int.Parse(args[0], CultureInfo.InvariantCulture), int.Parse(args[1], CultureInfo.InvariantCulture));
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Listen(IPAddress.Loopback, grpc, o => o.Protocols = HttpProtocols.Http2);
    kestrel.Listen(IPAddress.Loopback, http, o => o.Protocols = HttpProtocols.Http1);
});
builder.Services.AddGrpc().AddJsonTranscoding();
builder.Services.AddSingleton<Echo>();
builder.Services.AddSingleton(new LoneAuth(TimeProvider.System));
var app = builder.Build();
app.MapGrpcService<Echo>();
app.MapGrpcService<LoneAuth>();
app.MapPost(MinimalEcho.Path, MinimalEcho.Say);
await app.StartAsync();
Console.WriteLine("ready");
await app.WaitForShutdownAsync();
