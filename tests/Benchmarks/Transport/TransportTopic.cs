using PromptPlatform.LocalServers;

namespace PromptPlatform.Benchmarks.Transport;

/// <summary>Our gRPC server and client, the gateway and transcoding beside their baselines.</summary>
internal static class TransportTopic
{
    // Some of the parts, such as "gateway,client", while working on them.
    private const string Choice = "TRANSPORT";
    private static readonly string[] s_parts = ["server", "gateway", "transcoding", "client"];

    /// <summary>Measures everything and writes the tables, the goals last.</summary>
    public static async Task MeasureAsync(TextWriter output)
    {
        string folder = Directory.CreateTempSubdirectory("promptplatform-bench-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "frame"), EchoCall.Frame);
            await File.WriteAllBytesAsync(Path.Combine(folder, "json"), EchoCall.Json);
            var report = new Report(output);
            var echo = (Grpc: LoopbackPort.Free(), Http: LoopbackPort.Free());
            using var server = await Servers.EchoAsync(echo.Grpc, echo.Http);
            foreach (string part in Environment.GetEnvironmentVariable(Choice)?.Split(',') ?? s_parts)
            {
                await (part switch
                {
                    "server" => ServerContests.HoldAsync(report, folder, server, echo.Grpc),
                    "gateway" => GatewayContests.HoldAsync(report, folder, echo.Grpc, echo.Http),
                    "transcoding" => TranscodingContest.HoldAsync(report, folder, server, echo.Http),
                    "client" => ClientContest.HoldAsync(report, echo.Grpc),
                    _ => throw new InvalidOperationException($"{Choice}: {part} is none of {string.Join(", ", s_parts)}"),
                });
            }

            await report.WriteGoalsAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
