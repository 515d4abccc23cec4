using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.ServiceDefaults.Hosting;

/// <summary>The life of a service's process: build, then <c>migrate</c> and exit, or run.</summary>
public static class ServiceProgram
{
    /// <summary>
    /// Runs a service. The exit code is 0, or 78 with one line on standard error when a setting is missing or wrong.
    /// With the argument <c>migrate</c> it brings the schema up to date and ends; with the name of a command it runs that and ends.
    /// </summary>
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder> add, Action<WebApplication> map, params ServiceCommand[] commands)
    {
        try
        {
            await using var app = Build(args, add, map);
            if (args is ["migrate", ..])
                await app.Services.GetRequiredService<Migrator>().ApplyAsync(CancellationToken.None);
            else if (commands.FirstOrDefault(c => c.Name == args.FirstOrDefault()) is { } command)
                await command.RunAsync(app.Services);
            else
                await RunAsync(app);
            return 0;
        }
        catch (Exception error) when (error is SettingsException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync("settings: " + error.Message.ReplaceLineEndings(" "));
            return SettingsException.ExitCode;
        }
    }

    private static Task RunAsync(WebApplication app)
    {
        BeforeStart.Check(app.Services);
        return app.RunAsync();
    }

    /// <summary>Builds a service without starting it; standalone and tests start it themselves.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder> add, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateBuilder(args);
        add(builder);
        var app = builder.Build();
        map(app);
        return app;
    }
}
