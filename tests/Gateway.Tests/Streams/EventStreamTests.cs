using System.Text;
using Microsoft.AspNetCore.Http;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.Streams;

/// <summary>Server-sent events pass one by one, with the pauses between them.</summary>
internal sealed class EventStreamTests : StreamTest
{
    [Test]
    public async Task Events_ArriveAsTheyAreSentWhateverThePause()
    {
        var next = new SemaphoreSlim(0);
        var served = ServeAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            for (int n = 1; n <= 3; n++)
            {
                await http.Response.WriteAsync($"data: {n}\n\n");
                await http.Response.Body.FlushAsync();
                await next.WaitAsync();
            }
        });
        using var response = await GetAsync();
        var stream = await response.Content.ReadAsStreamAsync();

        Assert.That(await EventAsync(stream), Is.EqualTo("data: 1\n\n"));
        await Task.Delay(Pause);
        next.Release();
        Assert.That(await EventAsync(stream), Is.EqualTo("data: 2\n\n"));
        await Task.Delay(Pause);
        next.Release();
        Assert.That(await EventAsync(stream), Is.EqualTo("data: 3\n\n"));
        next.Release();
        Assert.That(await EventAsync(stream), Is.Empty);
        await served;
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/event-stream"));
    }

    [Test]
    public async Task FirstEvent_MayComeLate()
    {
        var served = ServeAsync(async http =>
        {
            await Task.Delay(Pause);
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: 1\n\n");
        });
        using var response = await GetAsync();

        Assert.That(await EventAsync(await response.Content.ReadAsStreamAsync()), Is.EqualTo("data: 1\n\n"));
        await served;
    }

    [Test]
    public async Task Caller_ThatLeaves_EndsTheStreamAtTheService()
    {
        var served = ServeAsync(EndlessAsync);
        using (var response = await GetAsync())
            await EventAsync(await response.Content.ReadAsStreamAsync());

        await served;
    }

    [Test]
    public async Task Stream_WhoseKeyIsRevoked_Ends()
    {
        string key = Gateway.Auth.CreateKey();
        var served = ServeAsync(EndlessAsync);
        using var response = await GetAsync(key);
        var stream = await response.Content.ReadAsStreamAsync();
        await EventAsync(stream);

        Gateway.Auth.Revoke(key);

        await served;
        Assert.That(async () => await EventAsync(stream), Throws.InstanceOf<IOException>(), "broken off, not ended as if all had been said");
    }

    private static async Task EndlessAsync(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        await http.Response.WriteAsync("data: 1\n\n");
        await http.Response.Body.FlushAsync();
        await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private Task<HttpResponseMessage> GetAsync(string? key = null) =>
        Gateway.SendAsync(Gateway.Request(HttpMethod.Get, "/v1/events", key ?? Gateway.Auth.CreateKey()), HttpCompletionOption.ResponseHeadersRead);

    private static async Task<string> EventAsync(Stream stream)
    {
        var buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer).WithinAsync());
    }
}
