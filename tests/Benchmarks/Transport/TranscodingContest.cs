namespace PromptPlatform.Benchmarks.Transport;

/// <summary>A transcoded POST beside a minimal API with System.Text.Json in the same process.</summary>
internal static class TranscodingContest
{
    public static async Task HoldAsync(Report report, string folder, Server echo, int port)
    {
        const string transcoded = "transcoded";
        const string minimal = "minimal API";
        await EchoCall.CheckJsonAsync(port, EchoCall.JsonPath);
        await EchoCall.CheckJsonAsync(port, EchoCall.MinimalPath);
        Task<Figures> RunAsync(string path) =>
            new H2Load($"http://127.0.0.1:{port}{path}", Path.Combine(folder, "json"), 16, 1, EchoCall.JsonHeaders, Http1: true).RunAsync(echo);

        await Warm.UpAsync(() => RunAsync(EchoCall.JsonPath));
        await Warm.UpAsync(() => RunAsync(EchoCall.MinimalPath));
        var contest = await Contest.HoldAsync(new Contender(transcoded, () => RunAsync(EchoCall.JsonPath)), new Contender(minimal, () => RunAsync(EchoCall.MinimalPath)));
        await report.WriteAsync("JSON over HTTP/1.1, 16 in flight", contest);
        report.Compare("transcoded POST", contest, transcoded, minimal, 1.2);
    }
}
