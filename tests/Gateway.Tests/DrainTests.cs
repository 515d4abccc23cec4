using System.Collections.Concurrent;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Http;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests;

[Platform("Linux")]
internal sealed class DrainTests
{
    [Test]
    public async Task Gateway_ThatIsTerminatedUnderLoad_AnswersAllThatItWasSentWhileReadyAndAllThatItHolds()
    {
        await using var services = await TestGateway.StartAsync();
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        using var gateway = await GatewayProcess.StartAsync(client, [.. services.Addresses, "--Limits:DrainDelay=00:00:02", "--Limits:DrainTimeout=00:00:30", "--Logging:LogLevel:Default=Warning"]);
        string key = services.Auth.CreateKey();
        using var channel = GrpcChannel.ForAddress(gateway.Grpc);
        var statuses = new ConcurrentBag<string>();
        var leave = new CancellationTokenSource();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        services.Echo.Answer = http => http.Request.Query.ContainsKey("slow") ? SlowAsync(http, release.Task) : http.Response.WriteAsync("{}");

        var slow = Enumerable.Range(0, 4).Select(_ => ReadAsync(client, gateway, key, "?slow=1")).ToList();
        var load = Enumerable.Range(0, 6).Select(_ => RepeatAsync(() => ReadAsync(client, gateway, key, ""), statuses, leave.Token))
            .Concat(Enumerable.Range(0, 3).Select(_ => RepeatAsync(() => CallAsync(channel, key), statuses, leave.Token))).ToList();
        await UntilAsync(() => Task.FromResult(statuses.Count > 300 && services.Echo.Requests > 4));
        await gateway.TerminateAsync();
        await UntilAsync(async () => !await gateway.IsReadyAsync(client));
        await leave.CancelAsync();
        await Task.WhenAll(load).WithinAsync();
        await UntilAsync(() => IsClosedAsync(gateway));
        release.SetResult();

        Assert.That(await Task.WhenAll(slow).WithinAsync(), Has.All.EqualTo("200 {}"));
        Assert.That(statuses.Distinct(), Is.EquivalentTo(new[] { "200 {}", "OK" }));
        Assert.That(await gateway.ExitCodeAsync(), Is.Zero);
    }

    private static async Task SlowAsync(HttpContext http, Task release)
    {
        await http.Response.Body.FlushAsync();
        await release;
        await http.Response.WriteAsync("{}");
    }

    private static async Task RepeatAsync(Func<Task<string>> request, ConcurrentBag<string> statuses, CancellationToken leave)
    {
        while (!leave.IsCancellationRequested)
            statuses.Add(await request());
    }

    private static async Task<string> ReadAsync(HttpClient client, GatewayProcess gateway, string key, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, gateway.Http + "/v1/techniques" + query) { Headers = { Authorization = new("Bearer", key) } };
        using var answer = await client.SendAsync(request);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    private static async Task<string> CallAsync(GrpcChannel channel, string key)
    {
        using var call = new EnhancementService.EnhancementServiceClient(channel).EnhanceAsync(new EnhanceRequest { Prompt = "hi" }, new Metadata { { "authorization", "Bearer " + key } });
        await call.ResponseAsync;
        return call.GetStatus().StatusCode.ToString();
    }

    private static async Task<bool> IsClosedAsync(GatewayProcess gateway)
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync("127.0.0.1", new Uri(gateway.Http).Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        async Task LoopAsync()
        {
            while (!await holds())
                await Task.Delay(5);
        }
        await LoopAsync().WithinAsync();
    }
}
