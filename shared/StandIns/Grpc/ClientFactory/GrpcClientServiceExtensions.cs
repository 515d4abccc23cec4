using System.Diagnostics.CodeAnalysis;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PromptPlatform.GrpcTransport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds gRPC clients to the container, over its HTTP message handlers.</summary>
public static class GrpcClientServiceExtensions
{
    /// <summary>A client whose address is configured later.</summary>
    public static IHttpClientBuilder AddGrpcClient<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClient>(this IServiceCollection services)
        where TClient : class => services.AddGrpcClient<TClient>(typeof(TClient).Name, _ => { });

    /// <summary>A client.</summary>
    public static IHttpClientBuilder AddGrpcClient<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClient>(this IServiceCollection services, Action<GrpcClientFactoryOptions> configureClient)
        where TClient : class => services.AddGrpcClient<TClient>(typeof(TClient).Name, configureClient);

    /// <summary>A client with settings from services.</summary>
    public static IHttpClientBuilder AddGrpcClient<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClient>(this IServiceCollection services, Action<IServiceProvider, GrpcClientFactoryOptions> configureClient)
        where TClient : class
    {
        string name = typeof(TClient).Name;
        services.AddOptions<GrpcClientFactoryOptions>(name).Configure<IServiceProvider>((options, provider) => configureClient(provider, options));
        return services.AddGrpcClient<TClient>(name, _ => { });
    }

    /// <summary>A client under a name, for several of one type; get those by <see cref="GrpcClientFactory"/>.</summary>
    public static IHttpClientBuilder AddGrpcClient<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClient>(this IServiceCollection services, string name, Action<GrpcClientFactoryOptions> configureClient)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Configure(name, configureClient);
        services.TryAddSingleton<ClientChannels>();
        services.TryAddTransient<GrpcClientFactory, ContainerClientFactory>();
        services.TryAddSingleton(new ClientNames());
        services.TryAddTransient(provider => provider.GetRequiredService<GrpcClientFactory>().CreateClient<TClient>(name));

        // The channel keeps its handler for good; SocketsHttpHandler watches its connections itself.
        return services.AddHttpClient(name)
            .ConfigurePrimaryHttpMessageHandler(HttpSender.CreateHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .MarkAsGrpc();
    }

    private static IHttpClientBuilder MarkAsGrpc(this IHttpClientBuilder builder)
    {
        ClientNames.Of(builder.Services).Add(builder.Name);
        return builder;
    }
}
