using System.Collections.Concurrent;
using System.Diagnostics;

namespace PromptPlatform.LocalServers;

/// <summary>A running server process and the end of what it said.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int KeptLines = 40;

    private readonly ConcurrentQueue<string> tail = new();
    private readonly TaskCompletionSource<Process> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<string>? onLine;

    private ServerProcess(Action<string>? onLine) => this.onLine = onLine;

    public int Id => started.Task.Result.Id;

    public bool HasExited => started.Task.Result.HasExited;

    /// <summary>The last lines it wrote.</summary>
    public string Tail => string.Join(Environment.NewLine, tail);

    public static async Task<ServerProcess> StartAsync(ProcessStartInfo start, Action<string>? onLine)
    {
        var server = new ServerProcess(onLine);
        // The kernel sends the parent-death signal when the thread that forked ends, not the process:
        // a pool thread may end at any time, so the server gets a thread that lives as long as it does.
        new Thread(() => server.Hold(start)) { IsBackground = true, Name = "parent of " + start.FileName }.Start();
        await server.started.Task;
        return server;
    }

    public Task WaitForExitAsync(CancellationToken cancellation) => started.Task.Result.WaitForExitAsync(cancellation);

    public void Kill() => started.Task.Result.Kill(entireProcessTree: true);

    public void Dispose() => started.Task.Result.Dispose();

    private void Hold(ProcessStartInfo start)
    {
        Process process;
        try
        {
            process = Process.Start(start) ?? throw new LocalServerException($"{start.FileName} did not start");
        }
        catch (Exception error)
        {
            started.SetException(new LocalServerException($"cannot start {start.FileName}: {error.Message}", error));
            return;
        }

        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var ended = new ManualResetEventSlim();
        process.Exited += (_, _) => ended.Set();
        process.EnableRaisingEvents = true;
        started.SetResult(process);
        ended.Wait();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        tail.Enqueue(line);
        while (tail.Count > KeptLines)
        {
            tail.TryDequeue(out _);
        }

        onLine?.Invoke(line);
    }
}
