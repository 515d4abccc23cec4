using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PromptPlatform.Contracts.Billing.V1;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.TestKit;

namespace PromptPlatform.Billing.Tests;

/// <summary>Billing, running, with methods that speak its language. Today is 2026-03-10.</summary>
internal sealed class BillingApplication(ServiceHost host, TestClock clock) : IAsyncDisposable
{
    private static readonly DateTimeOffset s_today = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    public static async Task<BillingApplication> StartAsync(ErrorLogGuard errors)
    {
        var clock = new TestClock(s_today);
        var host = await ServiceHost.StartAsync("billing", BillingSetup.AddBilling, BillingSetup.MapBilling, errors, configure: b => b.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        return new BillingApplication(host, clock);
    }

    /// <summary>Brings an event to every consumer, as a bus does.</summary>
    public async Task DeliverAsync(IPlatformEvent happened)
    {
        foreach (var subscription in host.Services.GetServices<EventSubscription>())
            await subscription.DeliverAsync(happened, CancellationToken.None).WithinAsync();
    }

    public Task<GetUsageResponse> UsageAsync(Guid orgId, string month = "")
    {
        var headers = new Grpc.Core.Metadata { { "authorization", "Bearer " + host.Identity.Token("billing", orgId, "billing:read", clock.GetUtcNow()) } };
        return new BillingService.BillingServiceClient(host.Channel).GetUsageAsync(new() { Month = month }, headers).ResponseAsync.WithinAsync();
    }

    public async Task<(HttpStatusCode Status, JsonElement Json)> RestAsync(Guid orgId, string path)
    {
        using var http = host.Http();
        http.DefaultRequestHeaders.Authorization = new("Bearer", host.Identity.Token("billing", orgId, "billing:read", clock.GetUtcNow()));
        using var answer = await http.GetAsync(path).WithinAsync();
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>().WithinAsync());
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
