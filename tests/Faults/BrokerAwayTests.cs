using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using PromptPlatform.Faults.Tests.Fleet;
using PromptPlatform.TestKit;

namespace PromptPlatform.Faults.Tests;

/// <summary>The broker is away under load: every call is answered, and what was answered is counted by Analytics afterwards, once.</summary>
public sealed class BrokerAwayTests
{
    private const int Clients = 10;
    private const int PerSecond = 100;
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds((double)Clients / PerSecond);

    /// <summary>Five seconds by default; PROMPTPLATFORM_BROKER_AWAY_SECONDS asks for more.</summary>
    private static readonly double s_away = double.Parse(Environment.GetEnvironmentVariable("PROMPTPLATFORM_BROKER_AWAY_SECONDS") ?? "5", CultureInfo.InvariantCulture);

    private readonly ConcurrentQueue<double> _latencies = new();
    private readonly ConcurrentQueue<HttpStatusCode> _failures = new();

    [Test]
    public async Task Calls_WhileTheBrokerIsAway_AllSucceedAndAreCountedOnce()
    {
        await using var fleet = await EventFleet.StartAsync();
        using var http = fleet.Client();
        // The first calls compile the path; they are counted like the others.
        await CallAsync(http, -1);
        using var enough = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();
        var load = Enumerable.Range(0, Clients).Select(client => LoadAsync(http, client, enough.Token)).ToArray();

        await Task.Delay(TimeSpan.FromSeconds(1));
        await fleet.Rabbit.KillAsync();
        var (killed, callsBefore) = (watch.Elapsed, _latencies.Count);
        await Task.Delay(TimeSpan.FromSeconds(s_away));
        await fleet.Rabbit.StartAgainAsync();
        var (back, callsAway) = (watch.Elapsed, _latencies.Count - callsBefore);
        await enough.CancelAsync();
        await Task.WhenAll(load).WithinAsync(60);
        long waiting = await fleet.UnsentAsync();
        while (await fleet.UnsentAsync() > 0)
            await Task.Delay(20);
        var drained = watch.Elapsed;

        double[] sorted = [.. _latencies.Order()];
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"broker away for {(back - killed).TotalSeconds:0.0} s with {callsAway / (back - killed).TotalSeconds:0} calls/s; {sorted.Length} calls answered, {_failures.Count} failed, p50 {sorted[sorted.Length / 2]:0} ms, p99 {sorted[sorted.Length * 99 / 100]:0} ms; " +
            $"{waiting} events waited and were sent within {(drained - back).TotalSeconds:0.0} s of its return, {waiting / (drained - back).TotalSeconds:0}/s"));
        Assert.That(_failures, Is.Empty);
        Assert.That(waiting, Is.GreaterThan(0), "no event waited for the broker");
        await fleet.WaitUntilCountedAsync(_latencies.Count);
    }

    private async Task LoadAsync(HttpClient http, int client, CancellationToken cancellation)
    {
        using var turns = new PeriodicTimer(s_turn);
        for (int call = 0; !cancellation.IsCancellationRequested; call++)
        {
            await turns.WaitForNextTickAsync(CancellationToken.None);
            await CallAsync(http, (call * Clients) + client);
        }
    }

    private async Task CallAsync(HttpClient http, int number)
    {
        long since = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsJsonAsync("/v1/enhance", new { prompt = $"Write a short note number {number} about the sea." }).WithinAsync();
        if (answer.IsSuccessStatusCode)
            _latencies.Enqueue(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        else
            _failures.Enqueue(answer.StatusCode);
    }
}
