using System.Globalization;
using PromptPlatform.Load;
using PromptPlatform.Load.Analytics;

// `make bench`: requests and then events. `events COUNT` and `enhance` measure one of them.
if (args is not ["events", ..])
    await EnhanceLoad.MeasureAsync();
if (args is not ["enhance"])
    await EventLoad.MeasureAsync(args is ["events", var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 1_000_000);
