using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace PromptPlatform.Faults.Tests;

/// <summary>What the test asked for and what it was told.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentQueue<Operation> _unknown = new();

    /// <summary>Ids that were answered, with their operation.</summary>
    public ConcurrentDictionary<string, Operation> Acknowledged { get; } = new();

    /// <summary>Operations whose first answer was lost and that were asked again with the same key.</summary>
    public int Retried { get; private set; }

    /// <summary>Sends; false when the server died before it answered, then the outcome is unknown.</summary>
    public async Task<bool> SendAsync(HttpClient http, Operation operation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/enhance") { Content = JsonContent.Create(new { prompt = operation.Prompt }) };
            request.Headers.Add("Idempotency-Key", operation.Key);
            using var response = await http.SendAsync(request);
            string body = await response.Content.ReadAsStringAsync();
            // Dying, it may still answer with an error: no promise was made.
            if (!response.IsSuccessStatusCode)
                throw new HttpRequestException(body);
            Acknowledged[JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!] = operation;
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException)
        {
            _unknown.Enqueue(operation);
            return false;
        }
    }

    /// <summary>Asks again for everything that is unknown.</summary>
    public async Task RetryUnknownAsync(HttpClient http)
    {
        for (int left = _unknown.Count; left > 0 && _unknown.TryDequeue(out var operation); left--)
        {
            Retried++;
            Assert.That(await SendAsync(http, operation), Is.True, "a healthy server refused a retry");
        }
    }
}
