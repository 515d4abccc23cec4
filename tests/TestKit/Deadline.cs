using System.Runtime.CompilerServices;

namespace PromptPlatform.TestKit;

/// <summary>Every await in a test has a deadline; one that passes names the line that waited.</summary>
public static class Deadline
{
    /// <summary>Seconds when none are given: generous, since a deadline ends a hang and measures nothing.</summary>
    public const double Seconds = 30;

    /// <summary>Awaits the task, for at most <paramref name="seconds"/>.</summary>
    /// <exception cref="TimeoutException">It did not end in time; the message names file and line.</exception>
    public static async Task<T> WithinAsync<T>(this Task<T> task, double seconds = Seconds, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        await ((Task)task).WithinAsync(seconds, file, line);
        return await task;
    }

    /// <inheritdoc cref="WithinAsync{T}(Task{T}, double, string, int)"/>
    public static async Task WithinAsync(this Task task, double seconds = Seconds, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var end = Task.Delay(TimeSpan.FromSeconds(seconds));
        if (await Task.WhenAny(task, end) == end && !task.IsCompleted)
        {
            throw new TimeoutException($"{file}:{line} waited {seconds} s in vain");
        }

        await task;
    }

    /// <inheritdoc cref="WithinAsync{T}(Task{T}, double, string, int)"/>
    public static Task<T> WithinAsync<T>(this ValueTask<T> task, double seconds = Seconds, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        task.AsTask().WithinAsync(seconds, file, line);

    /// <inheritdoc cref="WithinAsync{T}(Task{T}, double, string, int)"/>
    public static Task WithinAsync(this ValueTask task, double seconds = Seconds, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        task.AsTask().WithinAsync(seconds, file, line);
}
