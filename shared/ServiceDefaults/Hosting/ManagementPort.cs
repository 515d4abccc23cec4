using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PromptPlatform.ServiceDefaults.Hosting;

/// <summary>Keeps the management port and the public ports apart: /metrics only on the former, nothing but health and /metrics there.</summary>
internal static class ManagementPort
{
    public static void UseManagementPort(this WebApplication app, PortOptions ports)
    {
        if (ports.Management < 0)
            return;
        int bound = 0;
        bool OnManagement(HttpContext http)
        {
            // Known after the start when any free port was asked for.
            if (bound == 0)
                bound = ports.Management > 0 ? ports.Management : new Uri(BoundPorts.Of(app).Management!).Port;
            return http.Connection.LocalPort == bound;
        }
        app.MapWhen(http => http.Request.Path == "/metrics" && OnManagement(http), branch => branch.UseOpenTelemetryPrometheusScrapingEndpoint());
        app.MapWhen(http => !http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) && OnManagement(http), branch => branch.Run(NotFound));
    }

    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
