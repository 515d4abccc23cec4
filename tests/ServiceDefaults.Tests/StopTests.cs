using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.ServiceDefaults.Tests.Tls;
using PromptPlatform.TestKit;
using HealthClient = Grpc.Health.V1.Health.HealthClient;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace PromptPlatform.ServiceDefaults.Tests;

/// <summary>How a service stops, and how it does not start.</summary>
internal sealed class StopTests
{
    [Test]
    public async Task Stop_TellsEverybodyBeforeItStopsAccepting()
    {
        var errors = new ErrorLogGuard();
        var service = await TlsServer.StartAsync(["--Limits:DrainDelay=00:00:03", "--Limits:DrainTimeout=00:00:10"], errors: errors);
        using var http = new HttpClient();
        using var channel = GrpcChannel.ForAddress(service.Ports.Grpc);
        var health = new HealthClient(channel);
        using var watch = health.Watch(new HealthCheckRequest());
        Assert.That(await NextAsync(watch), Is.EqualTo(ServingStatus.Serving));
        Assert.That(await ReadyAsync(), Is.EqualTo(HttpStatusCode.OK));

        var stopping = service.DisposeAsync().AsTask();

        Assert.That(await NextAsync(watch), Is.EqualTo(ServingStatus.NotServing), "pushed at once");
        Assert.That(await watch.ResponseStream.MoveNext().WithinAsync(), Is.False);
        Assert.That(await ReadyAsync(), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That((await health.CheckAsync(new HealthCheckRequest()).ResponseAsync.WithinAsync()).Status, Is.EqualTo(ServingStatus.NotServing));
        Assert.That(stopping.IsCompleted, Is.False, "all of it while the service still accepts");
        await stopping.WithinAsync();
        Assert.That(ReadyAsync, Throws.InstanceOf<HttpRequestException>());
        errors.Verify();

        async Task<HttpStatusCode> ReadyAsync() => (await http.GetAsync(new Uri(service.Ports.Management + "/health/ready")).WithinAsync()).StatusCode;
    }

    [Test]
    public async Task Stop_LetsARequestInFlightFinish()
    {
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var service = await TlsServer.StartAsync(["--Limits:DrainTimeout=00:00:20"], map: app => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, "/slow", async () =>
        {
            begun.SetResult();
            await release.Task;
            return "whole";
        }));
        using var http = new HttpClient();
        var answer = http.GetStringAsync(new Uri(service.Ports.Http + "/slow"));
        await begun.Task.WithinAsync();

        var stopping = service.DisposeAsync().AsTask();
        await Task.Delay(500);
        release.SetResult();

        Assert.That(await answer.WithinAsync(), Is.EqualTo("whole"));
        await stopping.WithinAsync();
    }

    [Test]
    public async Task Start_WhenThePortIsTaken_SaysSoInOneLineAndLogsNothing()
    {
        using var taker = new TcpListener(IPAddress.Loopback, 0);
        taker.Start();
        int port = ((IPEndPoint)taker.LocalEndpoint).Port;
        var errors = new ErrorLogGuard();
        var normal = Console.Error;
        using var captured = new StringWriter();
        Console.SetError(captured);
        try
        {
            int exitCode = await ServiceProgram.RunAsync([$"--Ports:Grpc={port}"], builder => TlsServer.Add(builder, errors: errors), app => app.MapServiceDefaults()).WithinAsync();

            Assert.That(exitCode, Is.EqualTo(SettingsException.ExitCode));
            Assert.That(captured.ToString().Trim(), Does.Match($"^settings: Ports:Grpc cannot be had: .*127.0.0.1:{port}.*choose another port$"));
            errors.Verify();
        }
        finally
        {
            Console.SetError(normal);
        }
    }

    [TestCase("Limits:MaxConnections=0")]
    [TestCase("Ports:Http=-1")]
    [TestCase("Ports:Address=everywhere")]
    [TestCase("Tls:CheckEvery=00:00:00")]
    public async Task Start_WhenASettingIsOutOfRange_LogsNothing(string setting)
    {
        var errors = new ErrorLogGuard();

        int exitCode = await ServiceProgram.RunAsync(["--" + setting], builder => TlsServer.Add(builder, errors: errors), app => app.MapServiceDefaults()).WithinAsync();

        Assert.That(exitCode, Is.EqualTo(SettingsException.ExitCode));
        errors.Verify();
    }

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.That(await watch.ResponseStream.MoveNext().WithinAsync(), Is.True);
        return watch.ResponseStream.Current.Status;
    }
}
