namespace PromptPlatform.Benchmarks.Transport;

/// <summary>The runs before the first that counts: the runtime compiles its hot methods anew, and in the background, while they run.</summary>
internal static class Warm
{
    private const int Runs = 3;

    public static async Task UpAsync(Func<Task> runAsync)
    {
        for (int run = 0; run < Runs; run++)
        {
            await runAsync();
        }
    }
}
