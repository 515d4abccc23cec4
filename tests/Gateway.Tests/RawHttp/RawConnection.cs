using System.Net.Security;
using System.Text;
using PromptPlatform.TestKit;

namespace PromptPlatform.Gateway.Tests.RawHttp;

/// <summary>A client that sends bytes as they are and reads HTTP/1.1 answers by the rules of RFC 9112.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly RawSocket _socket;
    private readonly BufferedStream _stream;

    private RawConnection(RawSocket socket) => (_socket, _stream) = (socket, new BufferedStream(socket.Stream));

    public static async Task<RawConnection> OpenAsync(string url, int? receiveBuffer = null) =>
        new(await RawSocket.OpenAsync(url, SslApplicationProtocol.Http11, receiveBuffer));

    /// <summary>Sends the bytes and reads every answer until the other side closes; it has to.</summary>
    public static async Task<IReadOnlyList<RawAnswer>> ExchangeAsync(string url, string bytes)
    {
        using var connection = await OpenAsync(url);
        await connection.SendAsync(bytes);
        var answers = new List<RawAnswer>();
        while (await connection.ReadAsync() is { } answer)
            answers.Add(answer);
        return answers;
    }

    public Task SendAsync(string bytes) => _socket.Stream.WriteAsync(Encoding.Latin1.GetBytes(bytes)).WithinAsync();

    /// <summary>The next answer; null when the connection is closed.</summary>
    public async Task<RawAnswer?> ReadAsync()
    {
        if (await LineAsync() is not { } statusLine)
            return null;
        Assert.That(statusLine, Does.StartWith("HTTP/1.1 "), "what follows an answer is another answer");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync() is { Length: > 0 } line)
            headers[line[..line.IndexOf(':')]] = line[(line.IndexOf(':') + 1)..].Trim();
        int status = int.Parse(statusLine.AsSpan(9, 3));
        string body = status is 101 or 204 ? ""
            : headers.GetValueOrDefault("Transfer-Encoding") == "chunked" ? await ChunksAsync()
            : await BytesAsync(int.Parse(headers.GetValueOrDefault("Content-Length") ?? "0"));
        return new RawAnswer(status, headers, body);
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> ChunksAsync()
    {
        var body = new StringBuilder();
        while (Convert.ToInt32(await LineAsync(), 16) is var size)
        {
            body.Append(await BytesAsync(size));
            await LineAsync();
            if (size == 0)
                break;
        }
        return body.ToString();
    }

    private async Task<string> BytesAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes).WithinAsync();
        return Encoding.UTF8.GetString(bytes);
    }

    private async Task<string?> LineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            if (await ReadAsync(one) == 0)
                return line.Length == 0 ? null : line.ToString();
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
    }

    private async Task<int> ReadAsync(byte[] buffer)
    {
        try
        {
            return await _stream.ReadAsync(buffer).WithinAsync();
        }
        catch (IOException)
        {
            // Reset: bytes that the gateway never read were on their way.
            return 0;
        }
    }
}
