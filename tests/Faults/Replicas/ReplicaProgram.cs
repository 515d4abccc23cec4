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
    /// <summary>Chooses it in <see cref="Program"/>.</summary>
    public const string Name = "replica";

    public const string Ready = "replica is ready";

    public static async Task RunAsync(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture), listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<ReplicaEcho>();
        await app.StartAsync();
        Console.WriteLine(Ready);
        await app.WaitForShutdownAsync();
    }
}
