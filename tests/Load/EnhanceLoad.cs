using PromptPlatform.Load.Analytics;
using PromptPlatform.TestKit;

namespace PromptPlatform.Load;

/// <summary>POST /v1/enhance through the gateway of a fresh standalone, each number of clients beside its baseline, and how soon its counts are seen.</summary>
internal static class EnhanceLoad
{
    /// <summary>Prints rows of Markdown tables.</summary>
    public static async Task MeasureAsync()
    {
        var data = Directory.CreateTempSubdirectory("promptplatform-load-").FullName;
        try
        {
            using var standalone = await StandaloneProcess.StartAsync(data, LoadRun.NoLimits);
            await LoadRun.MeasureAsync(standalone, data, LoadRun.Enhance, clients: 16, TimeSpan.FromSeconds(20));
            Console.WriteLine(LoadResult.Heading);
            foreach (var clients in new[] { 1, 16, 64 })
            {
                Console.WriteLine(await LoadRun.MeasureAsync(standalone, data, LoadRun.Live, clients, TimeSpan.FromSeconds(5)));
                Console.WriteLine(await LoadRun.MeasureAsync(standalone, data, LoadRun.Enhance, clients, TimeSpan.FromSeconds(15)));
            }

            await CountLag.MeasureAsync(standalone, clients: 16, TimeSpan.FromSeconds(20));
            await standalone.StopAsync();
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
