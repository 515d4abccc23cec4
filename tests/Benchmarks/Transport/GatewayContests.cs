using PromptPlatform.LocalServers;

namespace PromptPlatform.Benchmarks.Transport;

/// <summary>The gateway beside nginx before the same echo server, at 64 requests in flight; then what the check of a key and its limits add.</summary>
internal static class GatewayContests
{
    private const string Bare = "YARP alone";
    private const string Keyed = "gateway with a key";

    public static async Task HoldAsync(Report report, string folder, int echoGrpc, int echoHttp)
    {
        var (nginxPorts, barePorts, openPorts, keyedPorts) = (Pair(), Pair(), Pair(), Pair());
        using var nginx = await Servers.NginxAsync(nginxPorts.Grpc, nginxPorts.Http, echoGrpc, echoHttp, folder);
        using var bare = await Servers.BareProxyAsync(barePorts.Grpc, barePorts.Http, echoGrpc, echoHttp);
        using var open = await Servers.GatewayAsync("gateway", Servers.Public, openPorts.Grpc, openPorts.Http, echoGrpc, echoHttp);
        using var keyed = await Servers.GatewayAsync(Keyed, "", keyedPorts.Grpc, keyedPorts.Http, echoGrpc, echoHttp);
        (Server Server, (int Grpc, int Http) Ports, string? Key)[] all = [(open, openPorts, null), (nginx, nginxPorts, null), (bare, barePorts, null), (keyed, keyedPorts, EchoCall.ApiKey)];
        foreach (var (_, ports, key) in all)
        {
            await EchoCall.CheckGrpcAsync(ports.Grpc, streams: false, key);
            await EchoCall.CheckJsonAsync(ports.Http, EchoCall.JsonPath, key);
        }

        await CompareAsync(report, "gRPC", nginx, [.. all.Select(one => (one.Server, GrpcLoad(folder, one.Ports.Grpc, one.Key)))], 2.5);
        await CompareAsync(report, "HTTP/1.1", nginx, [.. all.Select(one => (one.Server, HttpLoad(folder, one.Ports.Http, one.Key)))], 1.3);
    }

    private static async Task CompareAsync(Report report, string protocol, Server nginx, (Server Server, H2Load Load)[] all, double goal)
    {
        foreach (var (server, load) in all.Where(one => one.Server != nginx))
        {
            await Warm.UpAsync(() => load.RunAsync(server));
        }

        var contest = await Contest.HoldAsync([.. all.Select(one => new Contender(one.Server.Name, () => one.Load.RunAsync(one.Server)))]);
        await report.WriteAsync($"Gateway, {protocol}, 64 in flight", contest);
        report.Compare($"gateway, {protocol}", contest, all[0].Server.Name, nginx.Name, goal);
        report.Compare($"gateway, {protocol}", contest, all[0].Server.Name, Bare);
        report.Compare($"gateway, {protocol}", contest, Bare, nginx.Name);
        report.Compare($"gateway, {protocol}", contest, Keyed, all[0].Server.Name);
    }

    private static H2Load GrpcLoad(string folder, int port, string? key) =>
        new($"http://127.0.0.1:{port}{EchoCall.SayPath}", Path.Combine(folder, "frame"), 4, 16, [.. EchoCall.GrpcHeaders, .. key is null ? [] : EchoCall.Credential]);

    private static H2Load HttpLoad(string folder, int port, string? key) =>
        new($"http://127.0.0.1:{port}{EchoCall.JsonPath}", Path.Combine(folder, "json"), 64, 1, [.. EchoCall.JsonHeaders, .. key is null ? [] : EchoCall.Credential], Http1: true);

    private static (int Grpc, int Http) Pair() => (LoopbackPort.Free(), LoopbackPort.Free());
}
