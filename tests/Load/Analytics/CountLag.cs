using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using PromptPlatform.TestKit;

namespace PromptPlatform.Load.Analytics;

/// <summary>How long after its answer an enhancement is counted: from the n-th answer to the first moment at which Analytics shows n more than before.</summary>
internal static class CountLag
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    /// <summary>Enhances at full load for a time and prints a row of the lags.</summary>
    public static async Task MeasureAsync(StandaloneProcess standalone, int clients, TimeSpan length)
    {
        int before = await SettledAsync(standalone.Http);
        var answered = new ConcurrentQueue<TimeSpan>();
        var lags = new List<double>();
        var watch = Stopwatch.StartNew();
        var load = Task.WhenAll(Enumerable.Range(0, clients).Select(client => EnhanceAsync(standalone.Http, client, watch, length, answered)));
        while (!load.IsCompleted || !answered.IsEmpty)
        {
            var asked = watch.Elapsed;
            int counted = await CountedAsync(standalone.Http) - before - lags.Count;
            for (; counted > 0 && answered.TryDequeue(out var at); counted--)
                lags.Add(Math.Max(0, (watch.Elapsed - at).TotalMilliseconds));
            if (asked > length + s_longest)
                throw new InvalidOperationException("what was answered is not counted");
            await Task.Delay(20);
        }
        await load;
        lags.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n{lags.Count} enhancements by {clients} clients at {lags.Count / length.TotalSeconds:0}/s were counted {lags[lags.Count / 2]:0} ms (p50) and {lags[lags.Count * 99 / 100]:0} ms (p99) after their answers."));
    }

    private static async Task EnhanceAsync(HttpClient http, int client, Stopwatch watch, TimeSpan length, ConcurrentQueue<TimeSpan> answered)
    {
        for (int turn = client; watch.Elapsed < length; turn++)
        {
            using var answer = await http.PostAsJsonAsync("/v1/enhance", new { prompt = Prompts.Of(turn) });
            if (answer.IsSuccessStatusCode)
                answered.Enqueue(watch.Elapsed);
        }
    }

    // What earlier runs left is counted before the measurement begins.
    private static async Task<int> SettledAsync(HttpClient http)
    {
        for (int last = -1; ;)
        {
            int counted = await CountedAsync(http);
            if (counted == last)
                return counted;
            last = counted;
            await Task.Delay(2000);
        }
    }

    private static async Task<int> CountedAsync(HttpClient http)
    {
        var usage = await http.GetFromJsonAsync<JsonElement>("/v1/analytics/usage");
        return usage.GetProperty("data").EnumerateArray().Sum(day => day.GetProperty("enhancements").GetInt32());
    }
}
