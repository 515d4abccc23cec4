using System.Diagnostics;
using Grpc.Net.Client;
using PromptPlatform.Benchmarks.Echo;

namespace PromptPlatform.Benchmarks.Transport;

/// <summary>Our client beside the bare HTTP/2 client that it stands on, which posts the same frame and reads the answer with its trailers.</summary>
internal static class ClientContest
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(1.5);

    public static async Task HoldAsync(Report report, int port)
    {
        const string ours = "client";
        const string bare = "HttpMessageInvoker";
        var address = new Uri($"http://127.0.0.1:{port}");
        using var channel = GrpcChannel.ForAddress(address);
        var client = new EchoService.EchoServiceClient(channel);
        var message = new EchoMessage { Text = "write a prompt of 33 letters here" };
        using var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true };
        using var invoker = new HttpMessageInvoker(handler);
        var target = new Uri(address, EchoCall.SayPath);
        byte[] frame = EchoCall.Frame;

        async Task SayAsync() => await client.SayAsync(message);
        Task PostAsync() => BareCall.PostAsync(invoker, target, frame);

        await Warm.UpAsync(() => RunAsync(64, SayAsync));
        await Warm.UpAsync(() => RunAsync(64, PostAsync));
        foreach (int inFlight in new[] { 1, 16, 64 })
        {
            var contest = await Contest.HoldAsync(new Contender(ours, () => RunAsync(inFlight, SayAsync)), new Contender(bare, () => RunAsync(inFlight, PostAsync)));
            await report.WriteAsync($"Client, unary, {inFlight} in flight", contest);
            report.Compare($"client, {inFlight}", contest, ours, bare);
        }
    }

    private static async Task<Figures> RunAsync(int count, Func<Task> callAsync)
    {
        Caller[] callers = [.. Enumerable.Range(0, count).Select(_ => new Caller(callAsync))];
        var (allocated, cpu) = (GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(callers.Select(caller => Task.Run(() => caller.LoopAsync(watch, s_length))));
        watch.Stop();
        var (bytes, used) = (GC.GetTotalAllocatedBytes(precise: true) - allocated, Environment.CpuUsage.TotalTime - cpu);
        double[] sorted = [.. callers.SelectMany(caller => caller.Latencies).Order()];
        return new Figures(
            sorted.Length / watch.Elapsed.TotalSeconds, sorted[sorted.Length / 2], sorted[(int)(0.99 * sorted.Length)], used.TotalMicroseconds / sorted.Length, (double)bytes / sorted.Length);
    }
}
