using Microsoft.Extensions.Configuration.Memory;

namespace PromptPlatform.Gateway;

/// <summary>The public API as data: <c>appsettings.json</c> of this project, carried in the assembly. Any other setting overrides it.</summary>
internal static class RouteTable
{
    /// <summary>Puts the table below all other settings.</summary>
    public static void AddTo(ConfigurationManager configuration)
    {
        // As pairs: a source that reads a stream cannot be read again when sources change.
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Read().AsEnumerable().ToList() });
    }

    /// <summary>The table as it is shipped.</summary>
    public static IConfigurationRoot Read()
    {
        using var stream = typeof(RouteTable).Assembly.GetManifestResourceStream("gateway.json") ?? throw new InvalidOperationException("the route table is missing");
        return new ConfigurationBuilder().AddJsonStream(stream).Build();
    }
}
