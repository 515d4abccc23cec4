using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PromptPlatform.ServiceDefaults.Hosting;

/// <summary>What a host adds to its public ports, inside of TLS: register one as a singleton before the server starts.</summary>
/// <param name="Apply">Adds connection middleware to a port whose protocols are set.</param>
public sealed record ConnectionHook(Action<ListenOptions> Apply);
