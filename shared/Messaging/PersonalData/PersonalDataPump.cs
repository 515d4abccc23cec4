using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PromptPlatform.Messaging.PersonalData;

/// <summary>Works on requests as long as the service runs; several replicas share the work.</summary>
internal sealed class PersonalDataPump(PersonalDataWork work, TimeProvider clock, ILogger<PersonalDataPump> logger) : BackgroundService
{
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await work.RunDueAsync(stoppingToken);
            }
            catch (NpgsqlException error)
            {
                logger.DataRequestsAway(error);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            await Task.Delay(s_idle, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
