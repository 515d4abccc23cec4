using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace PromptPlatform.GrpcTransport;

/// <summary>Gives an interceptor for one call: the container's, or a new one that is disposed after the call.</summary>
internal sealed class InterceptorActivator(InterceptorRegistration registration, Singletons singletons)
{
    private readonly object[] arguments = [.. registration.Arguments];
    private readonly ObjectFactory factory = ActivatorUtilities.CreateFactory(
        registration.Type,
        [.. registration.Arguments.Select(argument => argument.GetType())]);

    private readonly Lazy<Interceptor>? singleton = registration.Arguments.Any() ? null : singletons.Find<Interceptor>(registration.Type);

    public Lease Get(ServerCallContext call) =>
        singleton is not null ? new Lease(singleton.Value, owned: false) : Get(call.GetHttpContext().RequestServices);

    private Lease Get(IServiceProvider services) =>
        arguments.Length == 0 && services.GetService(registration.Type) is Interceptor registered
            ? new Lease(registered, owned: false)
            : new Lease((Interceptor)factory(services, arguments), owned: true);

    internal readonly struct Lease(Interceptor interceptor, bool owned)
    {
        public Interceptor Interceptor => interceptor;

        public ValueTask ReturnAsync()
        {
            switch (owned ? (object)interceptor : null)
            {
                case IAsyncDisposable disposable:
                    return disposable.DisposeAsync();
                case IDisposable disposable:
                    disposable.Dispose();
                    return default;
                default:
                    return default;
            }
        }
    }
}
