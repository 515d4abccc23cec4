using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using PromptPlatform.StandIns.Tests.Support;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace PromptPlatform.StandIns.Tests.Grpc;

public sealed class HealthTests
{
    private EchoHost host = null!;
    private volatile bool healthy;
    private Health.HealthClient client = null!;

    [SetUp]
    public async Task StartHost()
    {
        healthy = true;
        host = await EchoHost.StartAsync(
            services: services =>
            {
                services.AddGrpcHealthChecks(options => options.Services.Map("store", check => check.Tags.Contains("store")))
                    .AddCheck("database", () => healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(), ["store"])
                    .AddCheck("cache", () => HealthCheckResult.Degraded());
                services.Configure<HealthCheckPublisherOptions>(options =>
                {
                    options.Delay = TimeSpan.Zero;
                    options.Period = TimeSpan.FromSeconds(1);
                });
            },
            map: app => app.MapGrpcHealthChecksService());
        client = new Health.HealthClient(host.Channel);
    }

    [TearDown]
    public async Task StopHost() => await host.DisposeAsync();

    [TestCase("")]
    [TestCase("store")]
    public async Task Check_WhenAllIsWell_IsServing(string service) =>
        Assert.That(await CheckAsync(service), Is.EqualTo(ServingStatus.Serving));

    [Test]
    public async Task Check_WhenACheckFails_IsNotServing()
    {
        healthy = false;

        Assert.That(await CheckAsync(""), Is.EqualTo(ServingStatus.NotServing));
        Assert.That(await CheckAsync("store"), Is.EqualTo(ServingStatus.NotServing));
    }

    [Test]
    public void Check_OfAnUnknownService_IsNotFound()
    {
        RpcException failure = Assert.ThrowsAsync<RpcException>(() => CheckAsync("nobody"))!;

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.NotFound));
    }

    [Test]
    public async Task Watch_TellsEachChange()
    {
        using AsyncServerStreamingCall<HealthCheckResponse> watch = client.Watch(new HealthCheckRequest { Service = "store" });
        Assert.That(await NextAsync(watch), Is.EqualTo(ServingStatus.Serving));

        healthy = false;

        Assert.That(await NextAsync(watch), Is.EqualTo(ServingStatus.NotServing));
    }

    [Test]
    public async Task Watch_WhenTheApplicationStops_TellsNotServingAndEnds()
    {
        using AsyncServerStreamingCall<HealthCheckResponse> watch = client.Watch(new HealthCheckRequest());
        Assert.That(await NextAsync(watch), Is.EqualTo(ServingStatus.Serving));

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.That(await NextAsync(watch), Is.EqualTo(ServingStatus.NotServing));
        Assert.That(await watch.ResponseStream.MoveNext().InTime(), Is.False);
    }

    [Test]
    public async Task Watch_OfAnUnknownService_TellsThatItIsUnknown()
    {
        using AsyncServerStreamingCall<HealthCheckResponse> watch = client.Watch(new HealthCheckRequest { Service = "nobody" });

        Assert.That(await NextAsync(watch), Is.EqualTo(ServingStatus.ServiceUnknown));
    }

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.That(await watch.ResponseStream.MoveNext().InTime(), Is.True);
        return watch.ResponseStream.Current.Status;
    }

    private async Task<ServingStatus> CheckAsync(string service) =>
        (await client.CheckAsync(new HealthCheckRequest { Service = service }).ResponseAsync.InTime()).Status;
}
