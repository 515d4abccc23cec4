using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Events;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.PersonalData;

/// <summary>A service of its own, whose clock turns while the test waits, and an organisation.</summary>
internal abstract class PersonalDataTest
{
    private readonly ErrorLogGuard errors = new();

    protected AnalyticsApplication Analytics { get; private set; } = null!;

    protected Guid Org { get; private set; }

    [OneTimeSetUp]
    public async Task StartServiceAsync() => Analytics = await AnalyticsApplication.StartAsync(errors, "--Analytics:Webhooks:Send=false");

    [SetUp]
    public void TakeOrganization() => Org = Guid.NewGuid();

    [OneTimeTearDown]
    public async Task StopServiceAsync()
    {
        await Analytics.DisposeAsync();
        errors.Verify();
    }

    protected AccountErased Erased(string actor = "", Guid? org = null) => new(Guid.NewGuid(), Analytics.Clock.GetUtcNow(), org ?? Org, Guid.NewGuid(), actor);

    protected AccountExportRequested ExportRequested(string actor = "") => new(Guid.NewGuid(), Analytics.Clock.GetUtcNow(), Org, Guid.NewGuid(), actor);

    /// <summary>Delivers a request and waits for its receipt.</summary>
    protected async Task<PersonalDataHandled> HandleAsync(IDataRequestEvent request)
    {
        await Analytics.DeliverAsync(request);
        return await ReceiptAsync(request);
    }

    protected async Task<PersonalDataHandled> ReceiptAsync(IDataRequestEvent request)
    {
        PersonalDataHandled? receipt = null;
        await TurnUntilAsync(async () => (receipt = (await ReceiptsAsync(request.OrgId)).SingleOrDefault(r => r.RequestId == request.RequestId)) is not null);
        return receipt!;
    }

    protected async Task<IReadOnlyList<PersonalDataHandled>> ReceiptsAsync(Guid org)
    {
        var receipts = new List<PersonalDataHandled>();
        await using var transaction = await Analytics.Services.GetRequiredService<TenantDatabase>().BeginAsync(org, CancellationToken.None);
        await using var command = transaction.Command("SELECT payload::text FROM outbox WHERE org_id = $1 AND type = 'personal_data_handled.v1'", org);
        await using var row = await command.ExecuteReaderAsync().WithinAsync();
        while (await row.ReadAsync())
            receipts.Add(JsonSerializer.Deserialize<PersonalDataHandled>(row.GetString(0), JsonSerializerOptions.Web)!);
        return receipts;
    }

    protected async Task<long> CountAsync(string table, Guid? org = null)
    {
        await using var transaction = await Analytics.Services.GetRequiredService<TenantDatabase>().BeginAsync(org ?? Org, CancellationToken.None);
        await using var command = transaction.Command($"SELECT count(*) FROM {table} WHERE org_id = $1", org ?? Org);
        return (long)(await command.ExecuteScalarAsync().WithinAsync())!;
    }

    /// <summary>Turns the clock in small steps until something holds.</summary>
    protected async Task TurnUntilAsync(Func<Task<bool>> done, TimeSpan? by = null)
    {
        for (int step = 0; step < 1000; step++)
        {
            if (await done())
                return;
            Analytics.Clock.Advance(by ?? TimeSpan.FromMilliseconds(500));
            await Task.Delay(10);
        }
        throw new AssertionException("it did not come to pass");
    }

    /// <summary>Sends events of an actor.</summary>
    protected Task<IngestEventsResponse> SendAsync(string actor, int count = 1, Guid? org = null) => Analytics.SendAsync(org ?? Org, [.. Enumerable.Range(0, count).Select(_ => Event(actor))]);

    protected EventInput Event(string actor) => new()
    {
        Id = Guid.NewGuid().ToString(),
        Name = "opened",
        Actor = actor,
        At = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Analytics.Clock.GetUtcNow()),
        Properties = { ["plan"] = "of " + actor },
    };

    protected Task<(HttpStatusCode Status, string Body)> DownloadAsync(Guid requestId, Guid? org = null) =>
        Analytics.TextAsync(org ?? Org, "account:write", $"/v1/account/data-requests/dr_{requestId:N}/analytics");

    protected static long RowsOf(PersonalDataHandled receipt, string what) => receipt.Data.Single(d => d.What == what).Rows;
}
