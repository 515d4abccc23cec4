using Grpc.AspNetCore.ClientFactory;
using Microsoft.AspNetCore.Http;
using PromptPlatform.GrpcTransport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets calls of a client end with the call that is being served.</summary>
public static class GrpcServerHttpClientBuilderExtensions
{
    /// <summary>Takes over deadline and cancellation; a call outside of a served one fails.</summary>
    public static IHttpClientBuilder EnableCallContextPropagation(this IHttpClientBuilder builder) => builder.EnableCallContextPropagation(_ => { });

    /// <summary>Takes over deadline and cancellation.</summary>
    public static IHttpClientBuilder EnableCallContextPropagation(this IHttpClientBuilder builder, Action<GrpcContextPropagationOptions> configureOptions)
    {
        var options = new GrpcContextPropagationOptions();
        configureOptions(options);
        builder.Services.AddHttpContextAccessor();
        return builder.AddInterceptor(services => new ContextPropagationInterceptor(services.GetRequiredService<IHttpContextAccessor>(), options));
    }
}
