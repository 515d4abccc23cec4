using Microsoft.Extensions.DependencyInjection;

namespace PromptPlatform.GrpcTransport;

/// <summary>Services that live as long as the application: a call takes them as they are and needs no scope of its own for them.</summary>
internal sealed class Singletons(IServiceCollection registrations, IServiceProvider root)
{
    /// <summary>Gives the one instance when the type is registered as a singleton, when first asked; null when it is not.</summary>
    public Lazy<T>? Find<T>(Type type)
        where T : class =>
        registrations.LastOrDefault(registration => registration.ServiceType == type && !registration.IsKeyedService) is { Lifetime: ServiceLifetime.Singleton }
            ? new Lazy<T>(() => (T)root.GetRequiredService(type))
            : null;
}
