using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.GrpcTransport;

namespace Grpc.Net.Client;

/// <summary>Calls to one service over HTTP/2; http addresses speak it without TLS ("prior knowledge"). Addresses of other schemes (dns:///host:port)
/// are resolved, and calls spread over what is found. Long-lived: share it.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly HttpCallInvoker invoker;

    private GrpcChannel(Uri address, bool secure, GrpcChannelOptions options) : base(EndpointPickers.NominalOf(address, secure).Authority)
    {
        if (options is { HttpHandler: not null, HttpClient: not null })
        {
            throw new ArgumentException($"{nameof(options.HttpClient)} and {nameof(options.HttpHandler)} have been configured. Only one HTTP caller can be specified.", nameof(options));
        }

        CallCredentials? callCredentials = secure || options.UnsafeUseInsecureChannelCallCredentials ? options.Credentials?.CallCredentials : null;
        TimeProvider clock = options.ServiceProvider?.GetService<TimeProvider>() ?? TimeProvider.System;
        Transport = new ChannelTransport(
            EndpointPickers.NominalOf(address, secure),
            HttpSender.Create(options),
            EndpointPickers.Create(address, secure, options),
            new RetryRules(options),
            callCredentials,
            SendsCallCredentials: secure || options.UnsafeUseInsecureChannelCallCredentials,
            options.MaxSendMessageSize ?? int.MaxValue,
            options.MaxReceiveMessageSize ?? int.MaxValue,
            clock);
        invoker = new HttpCallInvoker(Transport);
    }

    internal ChannelTransport Transport { get; }

    /// <summary>A channel with default settings.</summary>
    public static GrpcChannel ForAddress(string address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel. Throws <see cref="ArgumentException"/> when the address is not absolute, <see cref="InvalidOperationException"/> when the settings do not fit it.</summary>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) => ForAddress(new Uri(address), channelOptions);

    /// <summary>A channel with default settings.</summary>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel. Throws <see cref="ArgumentException"/> when the address is not absolute, <see cref="InvalidOperationException"/> when the settings do not fit it.</summary>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        return address.IsAbsoluteUri
            ? new GrpcChannel(address, IsSecure(address, channelOptions.Credentials), channelOptions)
            : throw new ArgumentException($"'{address}' is not an absolute address.", nameof(address));
    }

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker() => invoker;

    /// <summary>Cancels what runs; later calls fail with <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => Transport.Dispose();

    private static bool IsSecure(Uri address, ChannelCredentials? credentials)
    {
        if (!EndpointPickers.IsHttp(address))
        {
            return credentials?.IsSecure
                ?? throw new InvalidOperationException($"Unable to determine the TLS configuration of the channel from address '{address}'. {nameof(GrpcChannelOptions)}.{nameof(GrpcChannelOptions.Credentials)} must be specified when the address doesn't have a 'http' or 'https' scheme.");
        }

        bool secure = address.Scheme == Uri.UriSchemeHttps;
        return credentials is null || credentials.IsSecure == secure
            ? secure
            : throw new InvalidOperationException($"Channel is configured with {(credentials.IsSecure ? "secure" : "insecure")} channel credentials and can't use the address '{address}'.");
    }

    /// <inheritdoc/>
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }
}
