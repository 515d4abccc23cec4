using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Analytics.Webhooks;

/// <summary>Sends one signed event to one address. Whatever the endpoint does, the result says it in our own words: exceptions could carry the URL.</summary>
internal sealed class WebhookSender(WebhookConnector connector, IOptions<WebhookOptions> options, TimeProvider clock) : IDisposable
{
    private const int MaxAnswerBytes = 4096;
    private const int MaxAnswerShown = 200;

    private readonly HttpMessageInvoker _http = new(connector.CreateHandler());

    public async Task<SendResult> SendAsync(ClaimedDelivery delivery, IReadOnlyList<string> secrets, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow();
        long began = clock.GetTimestamp();
        SendResult Failed(string error) => new(at, 0, "", error, clock.GetElapsedTime(began), null);
        using var timeout = new CancellationTokenSource(options.Value.Timeout, clock);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using var request = Request(delivery, secrets, at);
            using var response = await _http.SendAsync(request, deadline.Token);
            int status = (int)response.StatusCode;
            string start = await ReadStartAsync(response.Content, deadline.Token);
            return new SendResult(at, status, start, response.IsSuccessStatusCode ? "" : Refusal(status), clock.GetElapsedTime(began), RetryAfter(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed($"no answer within {options.Value.Timeout.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException error)
        {
            return Failed(Describe(error));
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(ClaimedDelivery delivery, IReadOnlyList<string> secrets, DateTimeOffset at)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Payload)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
        };
        request.Headers.UserAgent.ParseAdd("PromptPlatform-Webhooks/1");
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Write(secrets, at, delivery.Payload));
        request.Headers.Add("PromptPlatform-Event", delivery.EventType);
        request.Headers.Add("PromptPlatform-Delivery", PublicId.Format(WebhookDelivery.Prefix, delivery.DeliveryId));
        return request;
    }

    /// <summary>The beginning of an answer without control characters. The status counts even when the rest of the answer does not come.</summary>
    private static async Task<string> ReadStartAsync(HttpContent content, CancellationToken cancellation)
    {
        byte[] bytes = new byte[MaxAnswerBytes];
        int length = 0;
        try
        {
            await using var body = await content.ReadAsStreamAsync(cancellation);
            length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            return "";
        }
        var shown = new StringBuilder(MaxAnswerShown);
        foreach (var rune in Encoding.UTF8.GetString(bytes, 0, length).EnumerateRunes())
        {
            if (shown.Length + rune.Utf16SequenceLength > MaxAnswerShown)
                break;
            shown.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }
        return shown.ToString();
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? asked)
    {
        var wait = asked?.Delta ?? (asked?.Date - clock.GetUtcNow());
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static string Refusal(int status) => status is >= 300 and < 400
        ? $"the endpoint answered {status}; redirects are not followed: give the webhook the final address"
        : $"the endpoint answered {status}";

    private static string Describe(HttpRequestException error) => error switch
    {
        { InnerException: ForbiddenAddressException } => "the host name leads to an address that is not of the public internet",
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } } => "the host name was not found",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "the TLS connection failed; check the certificate",
        { InnerException: SocketException } => "no connection could be made",
        _ => "the connection broke or the answer was no HTTP",
    };
}
