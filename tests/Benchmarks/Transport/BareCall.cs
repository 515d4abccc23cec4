using System.Net;
using System.Net.Http.Headers;

namespace PromptPlatform.Benchmarks.Transport;

/// <summary>A unary call by hand, with nothing of a gRPC client in it but the bytes on the wire.</summary>
internal static class BareCall
{
    private static readonly MediaTypeHeaderValue s_type = new("application/grpc");

    public static async Task PostAsync(HttpMessageInvoker invoker, Uri target, byte[] frame)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Content = new ByteArrayContent(frame);
        request.Content.Headers.ContentType = s_type;
        using var answer = await invoker.SendAsync(request, CancellationToken.None);
        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        if (body.Length != frame.Length || !answer.TrailingHeaders.TryGetValues("grpc-status", out var status) || status.Single() != "0")
        {
            throw new InvalidOperationException("the answer is not the echo");
        }
    }
}
