using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PromptPlatform.Events;

namespace PromptPlatform.Messaging.PersonalData;

/// <summary>The door to export and erasure of data.</summary>
public static class PersonalDataSetup
{
    /// <summary>Lets a service answer requests with its sources, in their order; a source whose rows others refer to comes after those. Call it before <see cref="MessagingSetup.AddMessaging"/>.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="service">Its name in receipts.</param>
    /// <param name="sources">What it holds of people.</param>
    public static WebApplicationBuilder AddPersonalData(this WebApplicationBuilder builder, string service, params Func<IServiceProvider, PersonalDataSource>[] sources)
    {
        var services = builder.Services;
        services.TryAddSingleton<ErasedSubjects>();
        foreach (var source in sources)
            services.AddSingleton(source);
        services.AddSingleton<PersonalDataSource, StoredAnswersSource>();
        services.AddSingleton<PersonalDataSource, EarlierExportsSource>();
        services.AddSingleton(new PersonalDataService(service));
        services.AddSingleton<PersonalDataWork>();
        services.AddSingleton<DownloadPersonalData>();
        services.AddHostedService<PersonalDataPump>();
        services.AddEventConsumer<BeginDataRequest, AccountExportRequested>();
        services.AddEventConsumer<BeginDataRequest, AccountErased>();
        return builder;
    }
}
