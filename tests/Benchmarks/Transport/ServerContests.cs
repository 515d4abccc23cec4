using PromptPlatform.LocalServers;

namespace PromptPlatform.Benchmarks.Transport;

/// <summary>Our gRPC server beside C++ gRPC and grpc-js.</summary>
internal static class ServerContests
{
    private static readonly (int Connections, int Streams)[] s_loads = [(1, 1), (1, 16), (4, 16)];

    public static async Task HoldAsync(Report report, string folder, Server echo, int echoPort)
    {
        var (cppPort, nodePort) = (LoopbackPort.Free(), LoopbackPort.Free());
        using var cpp = await Servers.CppAsync(cppPort);
        using var node = await Servers.NodeAsync(nodePort);
        (Server Server, int Port)[] all = [(echo, echoPort), (cpp, cppPort), (node, nodePort)];
        foreach (var (_, port) in all)
        {
            await EchoCall.CheckGrpcAsync(port);
        }

        Contender[] Against(string path, int connections, int streams) =>
            [.. all.Select(one => new Contender(one.Server.Name, () => Load(one.Port, path, connections, streams).RunAsync(one.Server)))];
        H2Load Load(int port, string path, int connections, int streams) =>
            new($"http://127.0.0.1:{port}{path}", Path.Combine(folder, "frame"), connections, streams, EchoCall.GrpcHeaders);

        await Warm.UpAsync(() => Load(echoPort, EchoCall.SayPath, 4, 16).RunAsync(echo));
        foreach (var (connections, streams) in s_loads)
        {
            var contest = await Contest.HoldAsync(Against(EchoCall.SayPath, connections, streams));
            int inFlight = connections * streams;
            await report.WriteAsync($"Unary, {inFlight} in flight ({connections} × {streams})", contest);
            report.Compare($"unary, {inFlight}", contest, echo.Name, cpp.Name, inFlight == 64 ? 1.6 : null);
            report.Compare($"unary, {inFlight}", contest, echo.Name, node.Name, inFlight == 64 ? 2.8 : null);
        }

        await Warm.UpAsync(() => Load(echoPort, EchoCall.RepeatPath, 4, 1).RunAsync(echo));
        var streaming = await Contest.HoldAsync(Against(EchoCall.RepeatPath, 4, 1));
        await report.WriteAsync($"Server streaming, {EchoCall.Repeats} messages a call, 4 calls in flight", streaming, EchoCall.Repeats, "message");
        report.Compare("server streaming", streaming, echo.Name, cpp.Name);
        report.Compare("server streaming", streaming, echo.Name, node.Name, 3);
    }
}
