using Grpc.Health.V1;
using Grpc.Net.Client;
using PromptPlatform.ServiceDefaults.Tests.Tls;
using PromptPlatform.TestKit;
using HealthClient = Grpc.Health.V1.Health.HealthClient;

namespace PromptPlatform.ServiceDefaults.Tests;

internal sealed class MetricsTests
{
    [Test]
    public async Task Calls_AreMeasuredByMethodAndStatus()
    {
        await using var service = await TlsServer.StartAsync([]);
        using var channel = GrpcChannel.ForAddress(service.Ports.Grpc);
        await new HealthClient(channel).CheckAsync(new HealthCheckRequest()).ResponseAsync.WithinAsync();
        using var http = new HttpClient();

        string metrics = await http.GetStringAsync(new Uri(service.Ports.Management + "/metrics")).WithinAsync();

        Assert.That(metrics, Does.Match("rpc_server_duration_milliseconds_count\\{.*rpc_grpc_status_code=\"0\".*rpc_method=\"Check\""));
    }
}
