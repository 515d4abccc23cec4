using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using PromptPlatform.Auth;
using PromptPlatform.LocalServers;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.Standalone;

/// <summary>One run from start to stop.</summary>
internal static class StandaloneRun
{
    /// <summary>Runs until Ctrl+C or SIGTERM. The exit code is 0; with one line on standard error 1, or 78 when a setting is wrong.</summary>
    public static async Task<int> RunAsync(string[] args, IReadOnlyList<IReadOnlyList<FleetMember>> waves)
    {
        using var stop = new StopSignal();
        try
        {
            await RunAsync(Settings.Read(args), waves, stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            Console.WriteLine("stopped");
            return 0;
        }
        catch (Exception error) when (error is SettingsException or OptionsValidationException)
        {
            return await FailAsync("settings: " + error.Message.ReplaceLineEndings(" "), SettingsException.ExitCode);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            return await FailAsync($"settings: {error.Message.TrimEnd('.')}; stop what listens there, or choose another with PORT=… (it also moves gRPC to PORT+1 and management to PORT+10)", SettingsException.ExitCode);
        }
        catch (Exception error) when (error is LocalServerException or IOException)
        {
            return await FailAsync(error.Message.ReplaceLineEndings(" "), 1);
        }
    }

    // 1 data folder  2 databases  3 services, wave by wave  4 events  5 the operator's key  6 ready  7 run; the stop goes backwards, by disposal
    private static async Task RunAsync(Settings settings, IReadOnlyList<IReadOnlyList<FleetMember>> waves, CancellationToken stop)
    {
        using var data = await DataFolder.OpenAsync(settings.DataFolder, TimeProvider.System, stop); // 1
        RequirePorts(settings);
        var members = waves.SelectMany(wave => wave).ToList();
        Console.WriteLine($"starting PostgreSQL (data in {data.Path})");
        await using var databases = await Databases.StartAsync([.. members.Where(member => member.HasDatabase).Select(member => member.Name)], settings, data, stop); // 2

        var fleetSettings = new FleetSettings(settings, data, new Secrets(data), databases, [.. members.Select(member => member.Name)]);
        await using var fleet = new Fleet(fleetSettings);
        foreach (var wave in waves) // 3
        {
            Console.WriteLine("starting " + string.Join(", ", wave.Select(member => member.Name)));
            await fleet.StartAsync(wave, stop);
        }

        fleet.Connect("enhancement", "auth", "catalog", "analytics"); // 4
        await WriteFileAsync(settings, data, fleet, stop); // 5
        foreach (var check in await fleet.WaitUntilReadyAsync(TimeProvider.System, stop)) // 6
        {
            await Console.Error.WriteLineAsync($"not ready after a minute: {check}");
        }

        Console.WriteLine($"PromptPlatform is ready on {settings.Url} (API key in {data.Under("standalone.json")}, docs on {settings.Url}/docs, Ctrl+C stops it)");
        await Task.Delay(Timeout.Infinite, stop); // 7
    }

    // Before anything starts: the host that would notice last logs its failure with the whole stack.
    private static void RequirePorts(Settings settings)
    {
        foreach (var port in new[] { settings.Port, settings.GrpcPort, settings.ManagementPort })
        {
            BeforeStart.RequireFree($"PORT={settings.Port} (gRPC {settings.GrpcPort}, management {settings.ManagementPort})", IPAddress.Loopback, port);
        }
    }

    private static async Task WriteFileAsync(Settings settings, DataFolder data, Fleet fleet, CancellationToken stop)
    {
        var key = await AuthBootstrap.EnsureOperatorAsync(fleet["auth"], StandaloneFile.Read(data)?.ApiKey, stop);
        new StandaloneFile(settings.Url, settings.GrpcUrl, key.Secret).Write(data);
    }

    private static async Task<int> FailAsync(string line, int code)
    {
        await Console.Error.WriteLineAsync(line);
        return code;
    }
}
