namespace Grpc.Net.Client.Configuration;

/// <summary>A method, all methods of a service (no <see cref="Method"/>), or everything (neither).</summary>
public sealed class MethodName : ConfigObject
{
    /// <summary>Every method of every service.</summary>
    public static readonly MethodName Default = new();

    /// <summary>Full name of the service, e.g. package.Service.</summary>
    public string? Service { get; set; }

    /// <summary>Name of the method; only together with a service.</summary>
    public string? Method { get; set; }
}
