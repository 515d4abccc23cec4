using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Ours;

internal sealed record ChannelKey(string Target, Security? Security, ChannelPlan Options);

/// <summary>A channel of our client; with the handler of its own where a plan asks for nothing special.</summary>
internal sealed class OurChannel : IDisposable
{
    private readonly GrpcChannel channel;

    public OurChannel(ChannelKey key, WireLog wire)
    {
        string scheme = key.Security is null ? "http" : "https";
        var options = new GrpcChannelOptions { MaxSendMessageSize = Limit(key.Options.MaxSend), HttpHandler = HandlerOf(key, wire), DisposeHttpClient = true };
        if (key.Options.Attempts is { } attempts)
        {
            options.ServiceConfig = new ServiceConfig { MethodConfigs = { RetryConfig(attempts) } };
        }

        if (key.Options.MaxReceive is not null)
        {
            options.MaxReceiveMessageSize = Limit(key.Options.MaxReceive);
        }

        channel = GrpcChannel.ForAddress($"{scheme}://{key.Target}", options);
        Invoker = channel.CreateCallInvoker();
    }

    public CallInvoker Invoker { get; }

    public void Dispose() => channel.Dispose();

    private static MethodConfig RetryConfig(int attempts) => new()
    {
        Names = { MethodName.Default },
        RetryPolicy = new RetryPolicy
        {
            MaxAttempts = attempts,
            InitialBackoff = TimeSpan.FromMilliseconds(50),
            MaxBackoff = TimeSpan.FromMilliseconds(100),
            BackoffMultiplier = 1,
            RetryableStatusCodes = { StatusCode.Unavailable },
        },
    };

    private static int? Limit(int? bytes) => bytes is -1 ? null : bytes;

    private static HttpMessageHandler? HandlerOf(ChannelKey key, WireLog wire)
    {
        if (key is { Security: null, Options: { Watched: false, KeepaliveMs: null } })
        {
            return null;
        }

        var sockets = new SocketsHttpHandler { EnableMultipleHttp2Connections = true };
        if (key.Options.KeepaliveMs is { } milliseconds)
        {
            sockets.KeepAlivePingDelay = TimeSpan.FromMilliseconds(milliseconds);
            sockets.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        }

        if (key.Security is { } security)
        {
            sockets.SslOptions = SslOptions(security);
        }

        return key.Options.Watched ? new Watcher(sockets, wire) : sockets;
    }

    private static SslClientAuthenticationOptions SslOptions(Security security)
    {
        var options = new SslClientAuthenticationOptions { CertificateChainPolicy = TestCertificates.Policy(security.Roots) };
        if (security is { Certificate: { } certificate, Key: { } key })
        {
            X509Certificate2 own = TestCertificates.Load(certificate, key);
            options.LocalCertificateSelectionCallback = (_, _, _, _, _) => own;
        }

        return options;
    }

    private sealed class Watcher(HttpMessageHandler inner, WireLog wire) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            wire.Add(
                request.Headers.GetValues(WireLog.NameHeader).Single(),
                request.Headers.NonValidated.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())),
                response.Headers.NonValidated.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())));
            return response;
        }
    }
}
