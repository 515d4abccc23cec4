using System.Net;
using Npgsql;
using PromptPlatform.TestKit;

namespace PromptPlatform.Enhancement.Tests.Service;

/// <summary>The cases of http_idempotency in the reference cases, by their ids.</summary>
public sealed class IdempotencyTests
{
    private static readonly object s_body = new { prompt = "write a function that adds" };

    [TestCase("", Description = "idem-02")]
    [TestCase("has a blank")]
    public async Task Key_WhenItIsNoKey_Is400(string key)
    {
        var reply = await ServiceFixture.Service.Client().EnhanceAsync(s_body, key);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest), reply.Text);
    }

    [Test(Description = "idem-04, idem-05")]
    public async Task SameKeySameBody_ReplaysByteForByte()
    {
        var http = ServiceFixture.Service.Client();
        string key = Guid.NewGuid().ToString();

        var first = await http.EnhanceAsync(s_body, key);
        var second = await http.EnhanceAsync(s_body, key);

        Assert.That(first.Status, Is.EqualTo(HttpStatusCode.OK), first.Text);
        Assert.That(first.Message.Headers.Contains("Idempotent-Replayed"), Is.False);
        Assert.That(second.Text, Is.EqualTo(first.Text));
        Assert.That(second.Message.Headers.GetValues("Idempotent-Replayed"), Is.EqualTo(new[] { "true" }));
        Assert.That(await CountAsync(http), Is.EqualTo(1));
    }

    [Test(Description = "idem-06")]
    public async Task SameKeyOtherBody_Is422()
    {
        var http = ServiceFixture.Service.Client();
        string key = Guid.NewGuid().ToString();

        await http.EnhanceAsync(s_body, key);
        var second = await http.EnhanceAsync(new { prompt = "write another function" }, key);

        Assert.That((int)second.Status, Is.EqualTo(422), second.Text);
        Assert.That(second["code"], Is.EqualTo("idempotency_key_reused"));
        Assert.That(await CountAsync(http), Is.EqualTo(1));
    }

    [Test(Description = "idem-07")]
    public async Task SameKeyWhileTheFirstRuns_Is409WithRetryAfter()
    {
        var http = ServiceFixture.Service.Client();
        string key = Guid.NewGuid().ToString();
        var (began, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        ServiceFixture.Service.Fleet.Inference = async _ =>
        {
            began.TrySetResult();
            await go.Task;
            return FakeFleet.Answer("code_generation");
        };

        var first = http.EnhanceAsync(s_body, key);
        await began.Task.WithinAsync();
        var second = await http.EnhanceAsync(s_body, key);
        go.SetResult();

        Assert.That(second.Status, Is.EqualTo(HttpStatusCode.Conflict), second.Text);
        Assert.That(second.Message.Headers.RetryAfter, Is.Not.Null);
        Assert.That((await first).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await CountAsync(http), Is.EqualTo(1));
        ServiceFixture.Service.Fleet.Inference = _ => Task.FromResult(FakeFleet.Answer("code_generation"));
    }

    [Test(Description = "idem-08")]
    public async Task Key_OnGetAndDelete_IsIgnored()
    {
        var http = ServiceFixture.Service.Client();
        string id = (await http.EnhanceAsync(s_body))["id"];
        http.DefaultRequestHeaders.Add("Idempotency-Key", "one");

        Assert.That((await http.ReadAsync("/v1/enhancements/" + id)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await http.EraseAsync("/v1/enhancements/" + id)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await http.EraseAsync("/v1/enhancements/" + id)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test(Description = "idem-13")]
    public async Task SameKeyOfAnotherOrganisation_IsIndependent()
    {
        string key = Guid.NewGuid().ToString();

        var first = await ServiceFixture.Service.Client().EnhanceAsync(s_body, key);
        var second = await ServiceFixture.Service.Client().EnhanceAsync(s_body, key);

        Assert.That(second["id"], Is.Not.EqualTo(first["id"]));
    }

    [Test(Description = "idem-14")]
    public async Task KeyOlderThanItsRetention_IsNew()
    {
        var http = ServiceFixture.Service.Client();
        string key = Guid.NewGuid().ToString();
        var first = await http.EnhanceAsync(s_body, key);

        await AgeAsync(key, "24 hours 1 minute").WithinAsync();
        var second = await http.EnhanceAsync(s_body, key);
        var third = await http.EnhanceAsync(s_body, key);

        Assert.That(second["id"], Is.Not.EqualTo(first["id"]));
        Assert.That(third.Text, Is.EqualTo(second.Text));
    }

    [Test(Description = "idem-15")]
    public async Task SixtyFourAtOnceWithOneKey_HaveOneEffect()
    {
        var http = ServiceFixture.Service.Client();
        string key = Guid.NewGuid().ToString();

        var replies = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => http.EnhanceAsync(s_body, key))).WithinAsync(60);

        Assert.That(replies.Select(r => (int)r.Status), Has.All.AnyOf(200, 409));
        Assert.That(replies.Where(r => r.Status == HttpStatusCode.OK).Select(r => r.Text).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await CountAsync(http), Is.EqualTo(1));
    }

    [Test]
    public async Task FailedRequest_MayBeRepeatedWithItsKey()
    {
        var http = ServiceFixture.Service.Client();
        string key = Guid.NewGuid().ToString();

        var failed = await http.EnhanceAsync(new { prompt = "" }, key);
        var second = await http.EnhanceAsync(s_body, key);

        Assert.That((failed.Status, second.Status), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.OK)));
    }

    [Test]
    public async Task Replay_AfterTheEnhancementWasDeleted_GivesNoTextBack()
    {
        var http = ServiceFixture.Service.Client();
        string key = Guid.NewGuid().ToString();
        string id = (await http.EnhanceAsync(s_body, key))["id"];

        await http.EraseAsync("/v1/enhancements/" + id);
        var replay = await http.EnhanceAsync(s_body, key);

        Assert.That(replay.Status, Is.EqualTo(HttpStatusCode.NotFound), replay.Text);
        Assert.That(replay.Text, Does.Not.Contain("function that adds"));
    }

    // By the superuser, whom no policy binds.
    private static async Task AgeAsync(string key, string by)
    {
        string database = new NpgsqlConnectionStringBuilder(ServiceFixture.Service.Host.Database.AppConnectionString).Database!;
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await PostgresServer.AdminAsync()) { Database = database }.ConnectionString);
        await using var command = source.CreateCommand("UPDATE idempotency_keys SET created_at = created_at - $2::interval WHERE key = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = key });
        command.Parameters.Add(new NpgsqlParameter { Value = by, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        Assert.That(await command.ExecuteNonQueryAsync(), Is.EqualTo(1));
    }

    private static async Task<int> CountAsync(HttpClient http) => (await http.ReadAsync("/v1/enhancements")).Json.GetProperty("data").GetArrayLength();
}
