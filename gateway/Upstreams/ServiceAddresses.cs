using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.ServiceDefaults.Tls;
using Yarp.ReverseProxy.Configuration;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>
/// The addresses of the services. A destination of the route table names the setting of the first one, e.g. <c>services:catalog:http:0</c>;
/// <c>services:catalog:http:1</c> and so on are further replicas (the convention of .NET Aspire).
/// </summary>
internal static class ServiceAddresses
{
    private const string Prefix = "services:";
    private const int MaxReplicas = 64;

    /// <summary>Stops the start when a service has no address, a malformed one, or one that would send plain text to another machine.</summary>
    public static void Require(IConfiguration configuration)
    {
        foreach (var cluster in configuration.GetSection("ReverseProxy:Clusters").GetChildren())
        {
            foreach (var destination in cluster.GetSection("Destinations").GetChildren())
            {
                string setting = destination["Address"] ?? "";
                foreach (var (_, replica) in Of(configuration, destination.Key, new DestinationConfig { Address = setting }))
                    TlsSetup.RequireSafeAddress(configuration, setting, new Uri(replica.Address));
            }
        }
    }

    /// <summary>The destinations that one of the route table stands for; one with a literal address stands for itself.</summary>
    public static IEnumerable<(string Id, DestinationConfig Destination)> Of(IConfiguration configuration, string id, DestinationConfig destination)
    {
        string setting = destination.Address;
        if (!setting.StartsWith(Prefix, StringComparison.Ordinal))
            return [(id, destination)];
        if (configuration[setting] is null)
            throw new SettingsException(setting, "is missing: give the address of the service, e.g. http://localhost:5200");
        return configuration.GetSection(setting[..setting.LastIndexOf(':')]).GetChildren()
            .Where(replica => replica.Value is not null)
            .Take(MaxReplicas)
            .Select(replica => (replica.Key, destination with { Address = Check(replica.Path, replica.Value!) }));
    }

    private static string Check(string setting, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? address
            : throw new SettingsException(setting, $"is {address}: give an address that begins with http:// or https://");
}
