using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace PromptPlatform.GrpcTransport;

/// <summary>Gives the service for a call: the container's registration, else a new one that is disposed with the request.</summary>
internal sealed class ServiceActivator<TService>(Singletons singletons)
    where TService : class
{
    private readonly Lazy<TService>? singleton = singletons.Find<TService>(typeof(TService));
    // Not before it is needed: a registered service may have constructors to choose from.
    private readonly Lazy<ObjectFactory<TService>> factory = new(() => ActivatorUtilities.CreateFactory<TService>([]));

    public TService Get(HttpContext http)
    {
        if (singleton is not null)
        {
            return singleton.Value;
        }

        if (http.RequestServices.GetService<TService>() is { } registered)
        {
            return registered;
        }

        TService made = factory.Value(http.RequestServices, null);
        switch (made)
        {
            case IAsyncDisposable disposable:
                http.Response.RegisterForDisposeAsync(disposable);
                break;
            case IDisposable disposable:
                http.Response.RegisterForDispose(disposable);
                break;
            default:
                break;
        }

        return made;
    }
}
