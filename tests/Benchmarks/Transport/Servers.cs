using System.Globalization;
using PromptPlatform.LocalServers;

namespace PromptPlatform.Benchmarks.Transport;

/// <summary>Starts the servers that take part.</summary>
internal static class Servers
{
    // The limits would measure themselves.
    private static readonly string[] s_noLimits = [.. new[] { "Organization", "Key", "Address" }.Select(who => $"--RateLimits:{who}PerSecond=1000000")];

    /// <summary>Routes that ask for no key, and do not wait for a free place either.</summary>
    public const string Public = "public";

    /// <summary>Our gRPC server.</summary>
    public static Task<Server> EchoAsync(int grpc, int http) => DotnetAsync("PromptPlatform", [grpc, http], "EchoServer", Text(grpc), Text(http));

    /// <summary>A proxy with nothing of ours in it before the echo.</summary>
    public static Task<Server> BareProxyAsync(int grpc, int http, int echoGrpc, int echoHttp) =>
        DotnetAsync("YARP alone", [grpc, http], "EchoServer", Text(grpc), Text(http), Text(echoGrpc), Text(echoHttp));

    /// <summary>C++ gRPC.</summary>
    public static Task<Server> CppAsync(int port) => Server.StartAsync("C++ gRPC", [port], Peer("cpp/bin/echo_server"), Text(port));

    /// <summary>grpc-js.</summary>
    public static Task<Server> NodeAsync(int port) => Server.StartAsync("grpc-js", [port], "node", Peer("node/server.js"), Text(port));

    /// <summary>nginx before the echo: two workers, 128 kept upstream connections, no access log.</summary>
    public static async Task<Server> NginxAsync(int grpc, int http, int echoGrpc, int echoHttp, string folder)
    {
        string template = await File.ReadAllTextAsync(Peer("nginx.conf"));
        string config = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(config, template
            .Replace("@grpc@", Text(grpc), StringComparison.Ordinal).Replace("@http@", Text(http), StringComparison.Ordinal)
            .Replace("@echo-grpc@", Text(echoGrpc), StringComparison.Ordinal).Replace("@echo-http@", Text(echoHttp), StringComparison.Ordinal));
        return await Server.StartAsync("nginx", [grpc, http], "nginx", "-p", folder, "-e", "error.log", "-c", config);
    }

    /// <summary>The gateway before the echo, as the product runs it but for its rates; <paramref name="access"/> is that of its routes to the echo.</summary>
    public static Task<Server> GatewayAsync(string name, string access, int grpc, int http, int echoGrpc, int echoHttp)
    {
        string[] services = ["auth", "enhancement", "catalog", "analytics", "billing", "inference"];
        return DotnetAsync(
            name,
            [grpc, http],
            "Gateway",
            [
                $"--Ports:Grpc={grpc}", $"--Ports:Http={http}", $"--Ports:Management={LoopbackPort.Free()}", "--Limits:DrainDelay=00:00:00", "--Identity:ServiceSecret=bench",
                .. services.SelectMany(service => new[] { $"--services:{service}:grpc:0=http://127.0.0.1:{echoGrpc}", $"--services:{service}:http:0=http://127.0.0.1:{echoHttp}" }),
                .. Route("bench", "enhancement", EchoCall.JsonPath, access), .. Route("bench-grpc", "enhancement-grpc", EchoCall.SayPath, access),
                .. s_noLimits,
            ]);
    }

    /// <summary>A file of the folder of peers; throws when it is not built.</summary>
    public static string Peer(string file)
    {
        string path = Path.Combine(RepositoryFolder.Find() ?? throw new InvalidOperationException("runs in a checkout only"), "tests", "Benchmarks", "peers", file);
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is missing: run build/bench-peers.sh");
    }

    private static string[] Route(string name, string cluster, string path, string access)
    {
        string route = $"--ReverseProxy:Routes:{name}:";
        return [route + "ClusterId=" + cluster, route + "Match:Path=" + path, route + "Match:Methods:0=POST", route + "Metadata:Access=" + access, route + "Metadata:Sheds=" + (access == Public ? "never" : "")];
    }

    private static Task<Server> DotnetAsync(string name, int[] ports, string project, params string[] arguments) =>
        Server.StartAsync(name, ports, "dotnet", [Path.Combine(AppContext.BaseDirectory, $"PromptPlatform.{(project == "EchoServer" ? "Benchmarks." : "")}{project}.dll"), .. arguments]);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
