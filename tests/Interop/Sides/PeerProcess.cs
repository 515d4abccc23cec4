using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PromptPlatform.Interop.Tests.Sides;

/// <summary>A process that takes one JSON command per line and answers each with one line, in any order. It ends when its input ends.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> waiting = new();
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly SemaphoreSlim input = new(1);
    private readonly Task reading;
    private int commands;

    private PeerProcess(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) => complaints.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        reading = ReadAsync();
    }

    public static PeerProcess Start(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Neither library may look for a proxy, nor grpcio write what it thinks of our refusals.
        start.Environment["no_proxy"] = "*";
        start.Environment["GRPC_VERBOSITY"] = "NONE";
        return new PeerProcess(Process.Start(start)!);
    }

    /// <summary>Throws <see cref="InvalidOperationException"/> when the peer could not carry the command out.</summary>
    public async Task<JsonElement> SendAsync(string what, JsonObject command)
    {
        int seq = Interlocked.Increment(ref commands);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[seq] = answer;
        command["seq"] = seq;
        command["do"] = what;
        await input.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(command.ToJsonString());
            await process.StandardInput.FlushAsync();
        }
        finally
        {
            input.Release();
        }

        return await answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WithinAsync(10);
        await reading.WithinAsync(10);
        process.Dispose();
        input.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            JsonElement reply = JsonElement.Parse(line);
            waiting.TryRemove(reply.GetProperty("seq").GetInt32(), out TaskCompletionSource<JsonElement>? answer);
            if (reply.TryGetProperty("error", out JsonElement error))
            {
                answer!.SetException(new InvalidOperationException(error.GetString()));
            }
            else
            {
                answer!.SetResult(reply.GetProperty("result"));
            }
        }

        foreach (TaskCompletionSource<JsonElement> answer in waiting.Values)
        {
            answer.TrySetException(new InvalidOperationException("The peer process ended. " + string.Join('\n', complaints)));
        }
    }
}
