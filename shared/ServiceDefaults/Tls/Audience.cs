namespace PromptPlatform.ServiceDefaults.Tls;

/// <summary>Who calls a port.</summary>
internal enum Audience
{
    /// <summary>Services of the fleet: they show a certificate of its authority.</summary>
    Fleet,

    /// <summary>Services that need not show one, and probes and scrapers, which have none.</summary>
    Anybody,

    /// <summary>The public, before the gateway: it sees the public certificate.</summary>
    Public,
}
