using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using PromptPlatform.TestKit;

namespace PromptPlatform.Load;

/// <summary>What the clients ask for, again and again.</summary>
/// <param name="Name">Name in the table.</param>
/// <param name="SendAsync">Sends the request of a turn.</param>
internal sealed record Question(string Name, Func<HttpClient, int, Task<HttpResponseMessage>> SendAsync);

/// <summary>One run: a number of clients in a closed loop.</summary>
internal static class LoadRun
{
    /// <summary>The limits would measure themselves.</summary>
    public static readonly (string Name, string Value)[] NoLimits =
    [
        .. new[] { "OrganizationPerSecond", "OrganizationBurst", "KeyPerSecond", "KeyBurst" }.Select(limit => ("RateLimits__" + limit, "1000000")),
    ];

    /// <summary>The baseline: what the gateway answers by itself, so that client, sockets and web server are in it and nothing else.</summary>
    public static readonly Question Live = new("GET /health/live", (http, _) => http.GetAsync("/health/live"));

    public static readonly Question Enhance = new("POST /v1/enhance", (http, turn) => http.PostAsJsonAsync("/v1/enhance", new { prompt = Prompts.Of(turn) }));

    public static async Task<LoadResult> MeasureAsync(StandaloneProcess standalone, string data, Question question, int clients, TimeSpan length)
    {
        var (serviceBefore, databaseBefore) = (Cpu.OfProcess(standalone.Id), Cpu.OfPostgres(data));
        var watch = Stopwatch.StartNew();
        var logs = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => LoopAsync(standalone.Http, question, client, watch, length))));
        watch.Stop();
        return new LoadResult(
            question.Name,
            clients,
            watch.Elapsed,
            [.. logs.SelectMany(log => log.Latencies).Order()],
            logs.Sum(log => log.Failures),
            Cpu.OfProcess(standalone.Id) - serviceBefore,
            Cpu.OfPostgres(data) - databaseBefore,
            logs.SelectMany(log => log.Stages).GroupBy(stage => stage.Name).ToDictionary(group => group.Key, group => group.Average(stage => stage.Milliseconds)));
    }

    private static async Task<ClientLog> LoopAsync(HttpClient http, Question question, int client, Stopwatch watch, TimeSpan length)
    {
        var log = new ClientLog();
        for (var turn = client; watch.Elapsed < length; turn++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await question.SendAsync(http, turn);
            await answer.Content.CopyToAsync(Stream.Null);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                log.Add(Stopwatch.GetElapsedTime(start), answer);
            }
            else
            {
                log.Failures++;
            }
        }

        return log;
    }
}
