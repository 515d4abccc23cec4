using System.Net;
using System.Net.Sockets;

namespace PromptPlatform.ServiceDefaults.Tests.Tls;

/// <summary>A name of this machine that is not "localhost", so that clients resolve it.</summary>
internal static class MachineName
{
    /// <summary>The name; a machine that does not know its own skips the test, and fails it on CI.</summary>
    public static async Task<string> RequireAsync()
    {
        string name = Dns.GetHostName();
        try
        {
            await Dns.GetHostAddressesAsync(name, AddressFamily.InterNetwork);
        }
        catch (SocketException) when (Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Ignore($"this machine does not know its own name: add {name} to the hosts file");
        }
        return name;
    }
}
