using System.Net;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using PromptPlatform.Benchmarks.Echo;

namespace PromptPlatform.Benchmarks.Transport;

/// <summary>The one message of all transport benchmarks: a gRPC frame of 40 bytes, and the same text as JSON.</summary>
internal static class EchoCall
{
    public const string SayPath = "/promptplatform.benchmarks.v1.EchoService/Say";
    public const string RepeatPath = "/promptplatform.benchmarks.v1.EchoService/Repeat";
    public const string JsonPath = "/bench/echo";
    public const string MinimalPath = "/minimal/echo";

    /// <summary>Messages of one streaming call.</summary>
    public const int Repeats = 1000;

    /// <summary>Well-formed, and known to nobody but the echo's own Auth.</summary>
    public const string ApiKey = "pp_test_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbyBGAPr";

    public static readonly string[] GrpcHeaders = ["content-type: application/grpc", "te: trailers"];
    public static readonly string[] JsonHeaders = ["content-type: application/json"];
    public static readonly string[] Credential = [$"authorization: Bearer {ApiKey}"];

    private static readonly EchoMessage s_message = new() { Text = "write a prompt of 33 letters here" };

    /// <summary>The message as a frame.</summary>
    public static byte[] Frame => [0, 0, 0, 0, (byte)s_message.CalculateSize(), .. s_message.ToByteArray()];

    /// <summary>The message as JSON.</summary>
    public static byte[] Json => Encoding.UTF8.GetBytes($$"""{"text":"{{s_message.Text}}"}""");

    /// <summary>Makes sure that a server answers as it should before it is measured.</summary>
    public static async Task CheckGrpcAsync(int port, bool streams = true, string? key = null)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var client = new EchoService.EchoServiceClient(channel);
        var headers = key is null ? [] : new Metadata { { "authorization", "Bearer " + key } };
        Require((await client.SayAsync(s_message, headers, DateTime.MaxValue)).Equals(s_message), port);
        if (streams)
        {
            using var call = client.Repeat(s_message);
            int count = 0;
            await foreach (var message in call.ResponseStream.ReadAllAsync())
            {
                Require(message.Equals(s_message), port);
                count++;
            }

            Require(count == Repeats, port);
        }
    }

    /// <summary>The same for JSON.</summary>
    public static async Task CheckJsonAsync(int port, string path, string? key = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}{path}") { Content = new ByteArrayContent(Json) { Headers = { ContentType = new("application/json") } } };
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        using var answer = await http.SendAsync(request);
        Require(answer.StatusCode == HttpStatusCode.OK && (await answer.Content.ReadAsByteArrayAsync()).AsSpan().SequenceEqual(Json), port);
    }

    private static void Require(bool right, int port)
    {
        if (!right)
        {
            throw new InvalidOperationException($"the server on port {port} does not echo");
        }
    }
}
