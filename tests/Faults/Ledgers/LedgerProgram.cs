using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Faults.Tests.Ledgers;

/// <summary>A service of the fleet as far as events go: one writes sales and announces them, the other books what it hears of.</summary>
internal static class LedgerProgram
{
    public const string Producer = "ledger_producer";
    public const string Consumer = "ledger_consumer";
    public const string Ready = "ledger program is ready";

    /// <summary>The folder of <see cref="CounterFiles"/>.</summary>
    public const string CountersSetting = "Ledger:Counters";

    /// <summary>Runs until it is killed, or until whoever started it is gone.</summary>
    public static async Task RunAsync(string role, string[] settings)
    {
        await using var app = Build(role, settings);
        using var counters = new CounterFiles(app.Configuration[CountersSetting]!);
        await app.StartAsync();
        Console.WriteLine(Ready);
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    /// <summary>Builds it without starting it.</summary>
    public static WebApplication Build(string role, string[] settings)
    {
        var builder = WebApplication.CreateBuilder([.. settings, "--urls=http://127.0.0.1:0", $"--Encryption:MasterKey={Convert.ToBase64String(new byte[32])}"]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddDatabase(role, typeof(LedgerProgram).Assembly);
        if (role == Producer)
            builder.Services.AddHostedService<WriteSales>().AddHostedService<RepeatSales>();
        else
            builder.Services.AddEventConsumer<BookSale, PromptEnhanced>();
        return builder.AddMessaging(role).Build();
    }
}
