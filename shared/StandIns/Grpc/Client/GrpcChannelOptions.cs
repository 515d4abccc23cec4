using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Settings of a channel.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>Insecure for http, SecureSsl for https; null: what the address says. May carry call credentials.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>Largest request in bytes; null (the default): no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Largest response in bytes, after decompression; null: no limit. Default 4 MiB.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>Sends the requests; null: a handler of the channel's own.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Sends the requests; not together with <see cref="HttpHandler"/>.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>Whether the handler or client given here is disposed with the channel. Default false.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Whether call credentials are sent in plain text too. Default false.</summary>
    public bool UnsafeUseInsecureChannelCallCredentials { get; set; }

    /// <summary>Where the channel finds a TimeProvider; null: the system's clock.</summary>
    public IServiceProvider? ServiceProvider { get; set; }
}
