using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PromptPlatform.GrpcTransport;

/// <summary>Makes clients over the shared channels, with the interceptors of their registration.</summary>
internal sealed class ContainerClientFactory(IServiceProvider services, ClientChannels channels, IOptionsMonitor<GrpcClientFactoryOptions> settings) : GrpcClientFactory
{
    public override TClient CreateClient<TClient>(string name)
    {
        GrpcClientFactoryOptions options = settings.Get(name);
        CallInvoker invoker = channels.Get(name);
        invoker = invoker.Intercept([.. InterceptorsOf(options, InterceptorScope.Client, services)]);
        if (options.CallOptionsActions.Count > 0)
        {
            invoker = invoker.Intercept(new CallOptionsInterceptor(services, [.. options.CallOptionsActions]));
        }

        return (TClient)(options.Creator?.Invoke(invoker) ?? ActivatorUtilities.CreateInstance<TClient>(services, invoker));
    }

    public static IEnumerable<Interceptor> InterceptorsOf(GrpcClientFactoryOptions options, InterceptorScope scope, IServiceProvider services) =>
        options.InterceptorRegistrations.Where(registration => registration.Scope == scope).Select(registration => registration.Creator(services));
}
