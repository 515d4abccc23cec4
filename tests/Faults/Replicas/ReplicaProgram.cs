using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PromptPlatform.Faults.Tests.Replicas;

/// <summary>This assembly as a program: one replica, on the port that it is given. SIGTERM ends it in order.</summary>
internal static class ReplicaProgram
{
    public const string Ready = "replica is ready";

    private static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, int.Parse(args[0], CultureInfo.InvariantCulture), listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<ReplicaEcho>();
        await app.StartAsync();
        Console.WriteLine(Ready);
        await app.WaitForShutdownAsync();
    }
}
