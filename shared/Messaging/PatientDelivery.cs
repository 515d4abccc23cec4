using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PromptPlatform.Messaging;

/// <summary>
/// Waits while the database is away instead of failing: five failed deliveries make a message poison, and a restart of the database
/// must not do that to a whole queue. Every other fault is the message's own.
/// </summary>
internal sealed class PatientDelivery(TimeProvider clock, ILogger<PatientDelivery> logger)
{
    // RabbitMQ closes a channel whose message is not acknowledged within 30 minutes (consumer_timeout).
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_last = TimeSpan.FromSeconds(5);

    /// <summary>Runs the delivery until it succeeds, the message proves wrong, or the service stops.</summary>
    public async Task RunAsync(string consumer, Func<CancellationToken, Task> deliver, CancellationToken cancellation)
    {
        long since = clock.GetTimestamp();
        for (var wait = s_first; ; wait = wait * 2 < s_last ? wait * 2 : s_last)
        {
            try
            {
                await deliver(cancellation);
                return;
            }
            catch (Exception error) when (IsPassing(error) && clock.GetElapsedTime(since) < s_longest)
            {
                MessagingMetrics.Waits.Add(1, new KeyValuePair<string, object?>("consumer", consumer));
                logger.DatabaseAway(consumer, error.GetType().Name);
                await Task.Delay(wait, clock, cancellation);
            }
        }
    }

    private static bool IsPassing(Exception error) => error switch
    {
        PostgresException { IsTransient: true } => true,
        // 57P0x: shut down, crashed, starting; 25P03: idle in transaction; 53xxx: out of connections, disk or memory.
        PostgresException refused => refused.SqlState.StartsWith("57P", StringComparison.Ordinal) || refused.SqlState == "25P03" || refused.SqlState.StartsWith("53", StringComparison.Ordinal),
        NpgsqlException or SocketException or TimeoutException => true,
        _ => false,
    };
}
