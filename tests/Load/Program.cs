using System.Globalization;
using PromptPlatform.Load;
using PromptPlatform.Load.Analytics;
using PromptPlatform.TestKit;

// Measures POST /v1/enhance through the gateway of a fresh standalone at 1, 16 and 64 clients, each beside its baseline, and then events.
if (args is ["events", var count])
{
    await EventLoad.MeasureAsync(int.Parse(count, CultureInfo.InvariantCulture));
    return;
}

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

await EventLoad.MeasureAsync(1_000_000);
