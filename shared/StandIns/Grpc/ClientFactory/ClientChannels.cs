using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.Options;

namespace PromptPlatform.GrpcTransport;

/// <summary>One channel per registered name, shared by all its clients.</summary>
internal sealed class ClientChannels(
    IServiceProvider root,
    IHttpMessageHandlerFactory handlers,
    IOptionsMonitor<GrpcClientFactoryOptions> settings) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<(GrpcChannel Channel, CallInvoker Invoker)>> channels = new(StringComparer.Ordinal);

    public CallInvoker Get(string name) => channels.GetOrAdd(name, key => new(() => Open(key))).Value.Invoker;

    public void Dispose()
    {
        foreach (Lazy<(GrpcChannel Channel, CallInvoker Invoker)> channel in channels.Values.Where(channel => channel.IsValueCreated))
        {
            channel.Value.Channel.Dispose();
        }
    }

    private (GrpcChannel Channel, CallInvoker Invoker) Open(string name)
    {
        GrpcClientFactoryOptions options = settings.Get(name);
        Uri address = options.Address
            ?? throw new InvalidOperationException($"Could not resolve the address for gRPC client '{name}'. Set an address when registering the client: services.AddGrpcClient<{name}>(o => o.Address = new Uri(...)).");
        var channelOptions = new GrpcChannelOptions { HttpHandler = handlers.CreateHandler(name), ServiceProvider = root };
        foreach (Action<GrpcChannelOptions> configure in options.ChannelOptionsActions)
        {
            configure(channelOptions);
        }

        bool isSecure = channelOptions.Credentials?.IsSecure ?? address.Scheme == Uri.UriSchemeHttps;
        if (options.HasCallCredentials && !isSecure && !channelOptions.UnsafeUseInsecureChannelCallCredentials)
        {
            throw new InvalidOperationException(
                $"The gRPC client '{name}' has call credentials but no TLS. Take an https address, or send them in plain text: ConfigureChannel(o => o.UnsafeUseInsecureChannelCallCredentials = true).");
        }

        GrpcChannel channel = GrpcChannel.ForAddress(address, channelOptions);
        Interceptor[] interceptors = [.. ContainerClientFactory.InterceptorsOf(options, InterceptorScope.Channel, root)];
        return (channel, channel.CreateCallInvoker().Intercept(interceptors));
    }
}
