using Grpc.Core;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.Events;
using PromptPlatform.Messaging;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

internal sealed class DataRequestTests : AuthTest
{
    private static readonly string[] s_services = ["analytics", "auth", "catalog", "enhancement"];

    private AccountService.AccountServiceClient Client => new(Auth.Channel);

    [Test]
    public async Task Export_IsAnnouncedAndWaitsForEveryService()
    {
        var made = await Auth.CreateOrganizationAsync("exports");

        var request = await ExportAsync(made.Secret, "user-17");

        Assert.That((request.Kind, request.Status, request.Actor), Is.EqualTo(("export", "pending", "user-17")));
        Assert.That(request.Services.Select(s => (s.Service, s.Status)), Is.EqualTo(s_services.Select(s => (s, "pending"))));
        Assert.That(await AnnouncedAsync<AccountExportRequested>(made), Has.One.Matches<AccountExportRequested>(e => e.Actor == "user-17" && e.RequestId == IdOf(request)));
    }

    [Test]
    public async Task Receipts_InAnyOrderAndTwice_MakeTheRequestDone()
    {
        var made = await Auth.CreateOrganizationAsync("receipts");
        var request = await ExportAsync(made.Secret);
        var receipts = s_services.Reverse().Select(s => Receipt(made, request, s, 3)).ToList();

        foreach (var receipt in receipts.Take(3))
            await DeliverAsync(receipt, receipt with { EventId = Guid.NewGuid(), Data = [new("events", 99)] });
        var before = await GetAsync(made.Secret, request.Id);
        await DeliverAsync(receipts[3]);
        var after = await GetAsync(made.Secret, request.Id);

        Assert.That((before.Status, after.Status), Is.EqualTo(("pending", "done")));
        Assert.That(after.Services.Select(s => s.Rows), Is.All.EqualTo(3));
        Assert.That(after.Services.Select(s => s.Path), Is.EqualTo(s_services.Select(s => $"/v1/account/data-requests/{request.Id}/{s}")));
    }

    [Test]
    public async Task Receipt_OfAnotherOrganisation_ChangesNothing()
    {
        var ours = await Auth.CreateOrganizationAsync("ours");
        var theirs = await Auth.CreateOrganizationAsync("theirs");
        var request = await ExportAsync(ours.Secret);

        foreach (string service in s_services)
            await DeliverAsync(Receipt(theirs, request, service, 1));

        Assert.That((await GetAsync(ours.Secret, request.Id)).Status, Is.EqualTo("pending"));
    }

    [Test]
    public async Task Erasure_OfAnActor_ForgetsWhoItWasWhenAllAreDone()
    {
        var made = await Auth.CreateOrganizationAsync("actors");
        var answer = await EraseAsync(made.Secret, actor: "user-17");

        foreach (string service in s_services)
            await DeliverAsync(Receipt(made, answer.Request, service, 0, "erasure"));

        Assert.That((answer.Request.Actor, answer.ReceiptKey), Is.EqualTo(("user-17", "")));
        Assert.That((await GetAsync(made.Secret, answer.Request.Id)).Actor, Is.Empty);
    }

    [Test]
    public async Task Erasure_OfAnActor_ForgetsWhoEarlierExportsWereAbout()
    {
        var made = await Auth.CreateOrganizationAsync("exported");
        var theirs = await ExportAsync(made.Secret, "user-17");
        var others = await ExportAsync(made.Secret, "user-18");

        var answer = await EraseAsync(made.Secret, actor: "user-17");
        await DeliverAsync(new AccountErased(Guid.NewGuid(), DateTimeOffset.UnixEpoch, PublicId.Parse("org", "organization", made.Organization.Id), IdOf(answer.Request), "user-17"));

        // The work is done by a pump of its own.
        string left = "user-17";
        for (int i = 0; i < 300 && left.Length > 0; i++)
        {
            await Task.Delay(50);
            left = (await GetAsync(made.Secret, theirs.Id)).Actor;
        }
        Assert.That(left, Is.Empty);
        Assert.That((await GetAsync(made.Secret, others.Id)).Actor, Is.EqualTo("user-18"));
    }

    [Test]
    public async Task Erasure_OfTheOrganisation_EndsItsKeysAndLeavesOneForTheReceipts()
    {
        var made = await Auth.CreateOrganizationAsync("closing");
        var second = await Auth.CreateKeyAsync(made.Secret, new CreateApiKeyRequest { Name = "second", Scopes = { "enhance" } });

        var answer = await EraseAsync(made.Secret, confirm: made.Organization.Id);

        foreach (string secret in new[] { made.Secret, second.Secret })
            Assert.That((await RefusalAsync(() => Auth.ExchangeAsync(secret))).StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
        Assert.That((await Auth.ExchangeAsync(answer.ReceiptKey)).Scopes, Is.EqualTo(new[] { "account:read" }));
        Assert.That((await GetAsync(answer.ReceiptKey, answer.Request.Id)).Kind, Is.EqualTo("erasure"));
        Assert.That(await AnnouncedAsync<AccountErased>(made), Has.One.Matches<AccountErased>(e => e.Actor.Length == 0));
        var told = await Auth.Client.ListRevocationsAsync(new ListRevocationsRequest(), await Auth.AsServiceAsync("gateway")).ResponseAsync.WithinAsync();
        Assert.That(told.Revocations.Select(r => r.Id), Is.SupersetOf(new[] { made.ApiKey.Id, second.ApiKey.Id }));
    }

    [TestCase("")]
    [TestCase("yes")]
    [TestCase("org_00000000000000000000000000000000")]
    public async Task Erasure_OfTheOrganisationWithoutItsId_IsRefusedAndSaysTheCure(string confirm)
    {
        var made = await Auth.CreateOrganizationAsync("careful");

        var refusal = await RefusalAsync(() => EraseAsync(made.Secret, confirm: confirm));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(refusal.Detail, Does.StartWith("confirm:").And.Contain($"confirm={made.Organization.Id}"));
        Assert.That((await Auth.ExchangeAsync(made.Secret)).Token, Is.Not.Empty);
    }

    [Test]
    public async Task Erasure_OfTheOperatorsOrganisation_IsRefused()
    {
        var refusal = await RefusalAsync(() => EraseAsync(Auth.Operator.Secret, confirm: Auth.Operator.OrgId));

        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.AlreadyExists));
        Assert.That(refusal.Detail, Does.Contain("cannot be closed"));
    }

    [Test]
    public async Task Actor_ThatCanBeNone_IsRefusedNamingTheField()
    {
        var made = await Auth.CreateOrganizationAsync("bad actors");

        foreach (string actor in new[] { new string('x', 129), "a\nb" })
            Assert.That((await RefusalAsync(() => ExportAsync(made.Secret, actor))).Detail, Does.StartWith("actor:"));
    }

    [Test]
    public async Task Exports_ThatAreTooMany_AreRefused()
    {
        var made = await Auth.CreateOrganizationAsync("greedy");
        for (int i = 0; i < 5; i++)
            await ExportAsync(made.Secret);

        Assert.That((await RefusalAsync(() => ExportAsync(made.Secret))).StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
    }

    [Test]
    public async Task Request_IsSeenByItsOrganisationAndTheOperator()
    {
        var ours = await Auth.CreateOrganizationAsync("seen");
        var theirs = await Auth.CreateOrganizationAsync("unseen");
        var request = await ExportAsync(ours.Secret);

        Assert.That((await RefusalAsync(() => GetAsync(theirs.Secret, request.Id))).StatusCode, Is.EqualTo(StatusCode.NotFound));
        Assert.That((await GetAsync(Auth.Operator.Secret, request.Id)).Id, Is.EqualTo(request.Id));
        var list = await Client.ListDataRequestsAsync(new ListDataRequestsRequest(), await Auth.AsAsync(theirs.Secret)).ResponseAsync.WithinAsync();
        Assert.That(list.Data, Is.Empty);
    }

    private async Task<DataRequest> ExportAsync(string secret, string actor = "") =>
        await Client.ExportAccountAsync(new ExportAccountRequest { Actor = actor }, await Auth.AsAsync(secret)).ResponseAsync.WithinAsync();

    [Test]
    public async Task Erasure_OfAnActorWithAConfirmation_IsRefused_SoThatNobodyMeansTheOther()
    {
        var refusal = await RefusalAsync(() => EraseAsync(Auth.Operator.Secret, actor: "ann", confirm: Auth.Operator.OrgId));

        Assert.That(refusal.Detail, Does.StartWith("confirm:"));
    }

    private async Task<EraseAccountResponse> EraseAsync(string secret, string actor = "", string confirm = "") =>
        await Client.EraseAccountAsync(new EraseAccountRequest { Actor = actor, Confirm = confirm }, await Auth.AsAsync(secret)).ResponseAsync.WithinAsync();

    private async Task<DataRequest> GetAsync(string secret, string id) =>
        await Client.GetDataRequestAsync(new GetDataRequestRequest { Id = id }, await Auth.AsAsync(secret)).ResponseAsync.WithinAsync();

    private async Task DeliverAsync(params IPlatformEvent[] events)
    {
        foreach (var happened in events)
        {
            foreach (var subscription in Auth.Get<IEnumerable<EventSubscription>>())
                await subscription.DeliverAsync(happened, CancellationToken.None).WithinAsync();
        }
    }

    private static PersonalDataHandled Receipt(CreateOrganizationResponse of, DataRequest request, string service, long rows, string kind = "export") =>
        new(Guid.NewGuid(), DateTimeOffset.UnixEpoch, PublicId.Parse("org", "organization", of.Organization.Id), IdOf(request), kind, service, [new PersonalDataCount("events", rows)]);

    private static Guid IdOf(DataRequest request) => PublicId.Parse("dr", "data request", request.Id);

    private async Task<IReadOnlyList<TEvent>> AnnouncedAsync<TEvent>(CreateOrganizationResponse of) where TEvent : IPlatformEvent
    {
        var org = PublicId.Parse("org", "organization", of.Organization.Id);
        var found = new List<TEvent>();
        await using var transaction = await Auth.Get<TenantDatabase>().BeginAsync(org, CancellationToken.None);
        await using var command = transaction.Command("SELECT payload::text FROM outbox WHERE org_id = $1 AND type = $2", org, EventTypes.NameOf(typeof(TEvent)));
        await using var row = await command.ExecuteReaderAsync().WithinAsync();
        while (await row.ReadAsync())
            found.Add((TEvent)EventTypes.Read(EventTypes.NameOf(typeof(TEvent)), row.GetString(0))!);
        return found;
    }
}
