using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.ServiceDefaults.Hosting;

/// <summary>Finds what would stop a start before the host begins it: the host logs such a failure with its whole stack, and we want one line.</summary>
public static class BeforeStart
{
    /// <summary>Checks settings and ports of a built service. Throws <see cref="SettingsException"/> or <see cref="OptionsValidationException"/>.</summary>
    public static void Check(IServiceProvider services)
    {
        services.GetService<IStartupValidator>()?.Validate();
        var ports = services.GetRequiredService<IOptions<PortOptions>>().Value;
        foreach (var (setting, port) in new[] { ("Ports:Http", ports.Http), ("Ports:Grpc", ports.Grpc), ("Ports:Management", ports.Management) })
            RequireFree(setting, IPAddress.Parse(ports.Address), port);
    }

    /// <summary>Throws <see cref="SettingsException"/> when somebody listens there or we may not. Port 0 and below are not asked about.</summary>
    public static void RequireFree(string setting, IPAddress address, int port)
    {
        if (port <= 0)
            return;
        try
        {
            using var probe = new TcpListener(address, port);
            probe.Start();
        }
        catch (SocketException error)
        {
            throw new SettingsException(setting, $"cannot be had: {error.Message} ({address}:{port}); stop what listens there, or choose another port");
        }
    }
}
