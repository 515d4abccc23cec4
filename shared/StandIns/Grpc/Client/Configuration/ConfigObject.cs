namespace Grpc.Net.Client.Configuration;

/// <summary>A part of a service configuration.</summary>
public abstract class ConfigObject
{
    internal ConfigObject()
    {
    }
}
