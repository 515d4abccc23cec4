using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.Webhooks;

/// <summary>What an endpoint got.</summary>
internal sealed record Received(string Signature, string Type, string Delivery, string Body);

/// <summary>An endpoint of a customer, on loopback. It answers 200 unless <see cref="Answer"/> says otherwise.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> received = new();

    private Receiver(WebApplication app) => this.app = app;

    /// <summary>How it answers.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>What it got so far.</summary>
    public IReadOnlyList<Received> Events => [.. received];

    public string Url => app.Urls.First() + "/hook?token=of-the-receiver";

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver.app.Run(receiver.TakeAsync);
        await receiver.app.StartAsync().WithinAsync();
        return receiver;
    }

    /// <summary>Answers with a status from now on.</summary>
    public void AnswerWith(int status, string body = "", params (string Name, string Value)[] headers) => Answer = async http =>
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            http.Response.Headers[name] = value;
        await http.Response.WriteAsync(body);
    };

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        received.Enqueue(new Received($"{http.Request.Headers["PromptPlatform-Signature"]}", $"{http.Request.Headers["PromptPlatform-Event"]}", $"{http.Request.Headers["PromptPlatform-Delivery"]}", body));
        await Answer(http);
    }
}
