using System.Text.Json;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.Live;

/// <summary>The live counters as a client reads them, line by line.</summary>
internal sealed class LiveStream(HttpResponseMessage answer, StreamReader lines) : IDisposable
{
    public HttpResponseMessage Answer => answer;

    public static async Task<LiveStream> OpenAsync(HttpClient http)
    {
        var answer = await http.GetAsync("/v1/analytics/live", HttpCompletionOption.ResponseHeadersRead).WithinAsync();
        return new LiveStream(answer, new StreamReader(await answer.Content.ReadAsStreamAsync().WithinAsync()));
    }

    /// <summary>The next block of lines, turning the clock by seconds until it comes; null when the stream has ended.</summary>
    public async Task<string?> NextAsync(TestClock clock)
    {
        var next = BlockAsync();
        for (int turn = 0; turn < 500 && !next.IsCompleted; turn++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(next, Task.Delay(20));
        }
        return await next.WithinAsync();
    }

    /// <summary>The next event, past comments.</summary>
    public async Task<JsonElement> NextEventAsync(TestClock clock) => (await NextEventsAsync([this], clock))[0];

    /// <summary>The next event of each stream; one turner of the clock for all, or the tokens would end first.</summary>
    public static async Task<JsonElement[]> NextEventsAsync(IReadOnlyList<LiveStream> streams, TestClock clock)
    {
        var next = Task.WhenAll(streams.Select(s => s.EventAsync()));
        for (int turn = 0; turn < 200 && !next.IsCompleted; turn++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(next, Task.Delay(50));
        }
        return await next.WithinAsync();
    }

    /// <summary>The next block of lines; null when the stream has ended.</summary>
    public async Task<string?> BlockAsync()
    {
        var block = new List<string>();
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.Length == 0)
                return string.Join('\n', block);
            block.Add(line);
        }
        return null;
    }

    private async Task<JsonElement> EventAsync()
    {
        string? block;
        do
            block = await BlockAsync();
        while (block is not null && block.StartsWith(':'));
        return Data(block);
    }

    /// <summary>What an event says.</summary>
    public static JsonElement Data(string? block)
    {
        Assert.That(block, Does.StartWith("event: usage\ndata: "));
        return JsonDocument.Parse(block!["event: usage\ndata: ".Length..]).RootElement;
    }

    public void Dispose()
    {
        lines.Dispose();
        answer.Dispose();
    }
}
