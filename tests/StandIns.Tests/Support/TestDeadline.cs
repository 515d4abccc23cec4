using System.Runtime.CompilerServices;

namespace PromptPlatform.StandIns.Tests.Support;

/// <summary>Every await of a test ends in time, with file and line of the one that did not.</summary>
public static class TestDeadline
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task<T> InTime<T>(this Task<T> task, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        await ((Task)task).InTime(file, line);
        return await task;
    }

    public static async Task InTime(this Task task, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"{Path.GetFileName(file)}:{line} did not end within {Limit}.");
        }
    }
}
