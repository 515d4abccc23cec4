using System.Net;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>Asks for the addresses of a name.</summary>
internal interface INameLookup
{
    /// <summary>All addresses; throws when the name is not known or nobody answers.</summary>
    Task<IPAddress[]> FindAsync(string name, CancellationToken cancellation);
}

/// <summary>The resolver of the operating system.</summary>
internal sealed class SystemNameLookup : INameLookup
{
    public Task<IPAddress[]> FindAsync(string name, CancellationToken cancellation) => Dns.GetHostAddressesAsync(name, cancellation);
}
