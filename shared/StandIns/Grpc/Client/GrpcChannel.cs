using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.GrpcTransport;

namespace Grpc.Net.Client;

/// <summary>Calls to one address over HTTP/2; http addresses speak it without TLS ("prior knowledge"). Long-lived: share it.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly HttpCallInvoker invoker;

    private GrpcChannel(Uri address, GrpcChannelOptions options) : base(address.Authority)
    {
        if (options is { HttpHandler: not null, HttpClient: not null })
        {
            throw new ArgumentException($"{nameof(options.HttpClient)} and {nameof(options.HttpHandler)} have been configured. Only one HTTP caller can be specified.", nameof(options));
        }

        bool secure = address.Scheme == Uri.UriSchemeHttps;
        if (options.Credentials is { } credentials && credentials.IsSecure != secure)
        {
            throw new InvalidOperationException($"Channel is configured with {(credentials.IsSecure ? "secure" : "insecure")} channel credentials and can't use the address '{address}'.");
        }

        CallCredentials? callCredentials = secure || options.UnsafeUseInsecureChannelCallCredentials ? options.Credentials?.CallCredentials : null;
        Transport = new ChannelTransport(
            address,
            HttpSender.Create(options),
            callCredentials,
            SendsCallCredentials: secure || options.UnsafeUseInsecureChannelCallCredentials,
            options.MaxSendMessageSize ?? int.MaxValue,
            options.MaxReceiveMessageSize ?? int.MaxValue,
            options.ServiceProvider?.GetService<TimeProvider>() ?? TimeProvider.System);
        invoker = new HttpCallInvoker(Transport);
    }

    internal ChannelTransport Transport { get; }

    /// <summary>A channel with default settings.</summary>
    public static GrpcChannel ForAddress(string address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel. Throws <see cref="ArgumentException"/> when the address is not absolute http(s).</summary>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) => ForAddress(new Uri(address), channelOptions);

    /// <summary>A channel with default settings.</summary>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel. Throws <see cref="ArgumentException"/> when the address is not absolute http(s).</summary>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        return address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? new GrpcChannel(address, channelOptions)
            : throw new ArgumentException($"'{address}' is not an absolute http or https address.", nameof(address));
    }

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker() => invoker;

    /// <summary>Cancels what runs; later calls fail with <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => Transport.Dispose();

    /// <inheritdoc/>
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }
}
