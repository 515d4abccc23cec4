using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PromptPlatform.ServiceDefaults.Tls;

/// <summary>Looks at the files of <see cref="FleetTls"/> as long as the service runs.</summary>
internal sealed class TlsRefresher(FleetTls tls, IOptions<TlsOptions> options, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pulse = new PeriodicTimer(options.Value.CheckEvery, clock);
        while (await pulse.WaitForNextTickAsync(stoppingToken))
            tls.Refresh();
    }
}
