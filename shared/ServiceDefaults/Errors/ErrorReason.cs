using Google.Rpc;

namespace PromptPlatform.ServiceDefaults.Errors;

/// <summary>Field 1 of google.rpc.ErrorInfo: called "type" by the package version that this feed has, "reason" by later ones. The wire is the same.</summary>
internal static class ErrorReason
{
#if OFFICIAL_PACKAGES
    public static ErrorInfo Write(string reason, string domain) => new() { Reason = reason, Domain = domain };

    public static string? Read(ErrorInfo? info) => info?.Reason;
#else
    public static ErrorInfo Write(string reason, string domain) => new() { Type = reason, Domain = domain };

    public static string? Read(ErrorInfo? info) => info?.Type;
#endif
}
