using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using PromptPlatform.ServiceDefaults.Hosting;

namespace PromptPlatform.Standalone;

/// <summary>The settings that standalone gives each service; whatever is not among them comes from the environment as in a fleet.</summary>
internal sealed class FleetSettings(Settings settings, DataFolder data, Secrets secrets, Databases databases, IReadOnlyList<string> names)
{
    private readonly ConcurrentDictionary<string, string> addresses = new();

    /// <summary>Tells the services that start later where this one answers.</summary>
    public void Announce(string name, BoundPorts ports)
    {
        addresses[$"services:{name}:http:0"] = ports.Http;
        addresses[$"services:{name}:grpc:0"] = ports.Grpc;
    }

    /// <summary>The settings of one service as command-line arguments, which win over its environment.</summary>
    public async Task<string[]> ArgumentsOfAsync(FleetMember member, CancellationToken cancellation)
    {
        IEnumerable<KeyValuePair<string, string?>> all = [.. Common(member.Name), .. PortsOf(member.Name), .. addresses.Select(address => KeyValuePair.Create(address.Key, (string?)address.Value))];
        if (member.HasDatabase)
        {
            all = all.Concat(await databases.SettingsOfAsync(member.Name, cancellation));
        }

        if (member.Name == "inference")
        {
            all = all.Append(KeyValuePair.Create("Inference:Registry:Folder", (string?)data.Under("models")));
        }

        if (member.Name == "auth")
        {
            all = all.Concat(names.Select(name => KeyValuePair.Create($"Auth:Services:{name}:SecretSha256", (string?)HashOf(SecretOf(name)))));
        }

        return [.. all.Select(setting => $"--{setting.Key}={setting.Value}")];
    }

    private IEnumerable<KeyValuePair<string, string?>> Common(string name)
    {
        yield return KeyValuePair.Create("Encryption:MasterKeyFile", (string?)secrets.FileOf("master-key"));
        yield return KeyValuePair.Create("Messaging:Transport", (string?)"InProcess");
        yield return KeyValuePair.Create("Identity:ServiceSecret", (string?)SecretOf(name));
        // Nobody balances load over one process: it may stop at once.
        yield return KeyValuePair.Create("Limits:DrainDelay", (string?)"00:00:00");
        // Standalone asks the checks itself until all is ready, and says which one is not.
        yield return KeyValuePair.Create("Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks", (string?)"None");
        if (settings.Configuration["Logging:LogLevel:Default"] is null)
        {
            yield return KeyValuePair.Create("Logging:LogLevel:Default", (string?)"Warning");
        }
    }

    // The gateway stands on the public ports; it serves the metrics of the whole process.
    private Dictionary<string, string?> PortsOf(string name)
    {
        var (http, grpc, management) = name == "gateway" ? (settings.Port, settings.GrpcPort, settings.ManagementPort) : (0, 0, -1);
        return new() { ["Ports:Http"] = $"{http}", ["Ports:Grpc"] = $"{grpc}", ["Ports:Management"] = $"{management}" };
    }

    private string SecretOf(string name) => secrets.Of("service-" + name);

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
