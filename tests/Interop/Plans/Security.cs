namespace PromptPlatform.Interop.Tests.Plans;

/// <summary>TLS by PEM files: whom to trust, and what to show.</summary>
public sealed record Security(string Roots, string? Certificate, string? Key, bool Mutual = false);
