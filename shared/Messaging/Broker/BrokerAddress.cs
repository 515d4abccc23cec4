using Microsoft.Extensions.Configuration;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.Messaging.Broker;

/// <summary>Where the broker is: <c>ConnectionStrings:rabbitmq</c>, an AMQP URI (https://www.rabbitmq.com/docs/uri-spec).</summary>
internal static class BrokerAddress
{
    private const string Setting = "ConnectionStrings:rabbitmq";

    /// <summary>The address.</summary>
    /// <exception cref="SettingsException">It is missing or no AMQP URI. The value, which holds a password, is not repeated.</exception>
    public static Uri Of(IConfiguration configuration)
    {
        string text = configuration.GetConnectionString("rabbitmq")
            ?? throw new SettingsException(Setting, "is missing: give amqp://user:password@host:5672/, or set Messaging:Transport to InProcess where several services run in one process");
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "amqp" or "amqps"
            ? address
            : throw new SettingsException(Setting, "is no AMQP URI: give amqp://user:password@host:5672/ or amqps://…");
    }
}
