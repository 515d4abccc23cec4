using PromptPlatform.Benchmarks;

// `dotnet run -c Release -- <topic>…` measures the topics named, or all of them, each beside its baselines in the same run.
var chosen = args.Length == 0 ? Topics.All : [.. Topics.All.Where(topic => args.Contains(topic.Name, StringComparer.OrdinalIgnoreCase))];
if (chosen.Length < args.Length)
{
    Console.Error.WriteLine($"usage: [{string.Join("|", Topics.All.Select(topic => topic.Name))}]…");
    return 2;
}

foreach (var topic in chosen)
{
    Console.WriteLine($"## {topic.Name}: {topic.Question}\n");
    await topic.MeasureAsync(Console.Out);
    Console.WriteLine();
}

return 0;
