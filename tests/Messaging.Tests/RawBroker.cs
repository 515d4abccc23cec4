using System.Text;
using System.Text.Json;
using PromptPlatform.Events;
using RabbitMQ.Client;

namespace PromptPlatform.Messaging.Tests;

/// <summary>Puts bytes on the broker, as another program would.</summary>
internal static class RawBroker
{
    /// <summary>A message as the bus writes it.</summary>
    public static string Envelope(FeedbackSubmitted happened) => $$"""
        {"messageId":"{{happened.EventId}}","messageType":["urn:message:PromptPlatform.Events:FeedbackSubmitted"],"message":{{JsonSerializer.Serialize(happened, JsonSerializerOptions.Web)}}}
        """;

    public static async Task PublishAsync(string broker, string exchange, string key, string body)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true };
        await channel.BasicPublishAsync(exchange, key, mandatory: true, properties, Encoding.UTF8.GetBytes(body));
    }

    public static async Task DeleteExchangesAsync(string broker, IReadOnlyList<string> names)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (string name in names)
            await channel.ExchangeDeleteAsync(name);
    }
}
