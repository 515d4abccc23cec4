using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PromptPlatform.ServiceDefaults.Settings;

/// <summary>Settings that are checked before the service starts.</summary>
public static class OptionsAtStart
{
    /// <summary>Binds a section to <typeparamref name="TOptions"/>, checks its data annotations and stops the start when they do not hold.</summary>
    public static OptionsBuilder<TOptions> AddOptionsAtStart<TOptions>(this IServiceCollection services, string section) where TOptions : class =>
        services.AddOptionsWithValidateOnStart<TOptions>().BindConfiguration(section).ValidateDataAnnotations();
}
