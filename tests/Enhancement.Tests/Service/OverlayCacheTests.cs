using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Policies;
using PromptPlatform.Enhancement.Techniques;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.Enhancement.Tests.Service;

/// <summary>How an overlay reaches the hot path, and what happens when it cannot be read.</summary>
public sealed class OverlayCacheTests
{
    private static readonly object s_prompt = new { prompt = "write a function that merges two sorted lists in python" };
    private static readonly object s_off = new { off = new[] { "output-format-prose" } };

    [Test]
    public async Task Change_OnOneReplica_CountsOnAnotherOnceItsTimeIsOver()
    {
        var (org, clock) = (Guid.NewGuid(), new TestClock(TimeProvider.System.GetUtcNow()));
        await using var other = await EnhancementApplication.StartAsync(ServiceFixture.Errors, ServiceFixture.Service.Host.Database, clock);
        var (here, there) = (ServiceFixture.Service.Client(org), other.Client(org));
        string before = (await there.EnhanceAsync(s_prompt))["policyVersion"];

        string written = (await here.PutAsync("/v1/policy/overlay", s_off))["version"];

        Assert.That((await here.EnhanceAsync(s_prompt))["policyVersion"], Is.EqualTo(written));
        Assert.That((await there.EnhanceAsync(s_prompt))["policyVersion"], Is.EqualTo(before));
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.That((await there.EnhanceAsync(s_prompt))["policyVersion"], Is.EqualTo(written));
    }

    [Test]
    public async Task Overlay_ThatCannotBeReadAgain_StaysInForceAndTheAnswerSaysSo()
    {
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        await using var service = await EnhancementApplication.StartAsync(ServiceFixture.Errors, clock: clock);
        var (known, unknown) = (service.Client(), service.Client());
        string version = (await known.PutAsync("/v1/policy/overlay", s_off))["version"];
        await service.ExecuteAsync("ALTER TABLE policy_overlays RENAME TO policy_overlays_away");

        var warm = await known.EnhanceAsync(s_prompt);
        clock.Advance(TimeSpan.FromSeconds(31));
        var late = await known.EnhanceAsync(s_prompt);
        var never = await unknown.EnhanceAsync(s_prompt);
        await service.ExecuteAsync("ALTER TABLE policy_overlays_away RENAME TO policy_overlays");
        clock.Advance(TimeSpan.FromSeconds(6));
        var back = await known.EnhanceAsync(s_prompt);

        Assert.That((warm["policyVersion"], warm["degraded"], warm["degradedBy"]), Is.EqualTo((version, "False", "[]")), "warm: nobody asked the database");
        Assert.That((late["policyVersion"], late["degraded"], late["degradedBy"]), Is.EqualTo((version, "True", "[\"policy\"]")));
        Assert.That((never["policyVersion"], never["degradedBy"]), Is.EqualTo((TechniquePolicy.Shipped.Version, "[\"policy\"]")));
        Assert.That((back["policyVersion"], back["degraded"]), Is.EqualTo((version, "False")));
    }

    [Test]
    public async Task Policy_WhenTheDatabaseIsAway_IsTheProducts()
    {
        await using var source = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Timeout=1");
        var policies = new OrganizationPolicies(
            new TenantDatabase(source), new PromptEnhancer(TechniquePolicy.Shipped), Options.Create(new EnhancementOptions()), TimeProvider.System, NullLogger<OrganizationPolicies>.Instance);

        var policy = await policies.FindAsync(Guid.NewGuid(), CancellationToken.None).AsTask().WithinAsync();

        Assert.That((policy.IsStale, policy.Engine.PolicyVersion), Is.EqualTo((true, TechniquePolicy.Shipped.Version)));
    }

    [Test]
    public async Task Overlay_OfAnotherVersionOfTheProduct_CountsAsFarAsItFits()
    {
        var org = Guid.NewGuid();
        var http = ServiceFixture.Service.Client(org);
        await ServiceFixture.Service.ExecuteAsync($$$"""
            INSERT INTO policy_overlays VALUES ('{{{org}}}', 1,
              '{"off":["output-format-prose","technique-of-yesterday"],"weights":{"rule-of-yesterday":0.5},"rules":[{"id":"own-old","technique":"gone","sentences":["gone"],"weight":0.5,"reason":"x"}],"fieldOfTomorrow":1}', 'pol_old', 'key_x', now())
            """);

        var policy = await http.ReadAsync("/v1/policy");
        var reply = await http.EnhanceAsync(s_prompt);

        Assert.That(policy.Status, Is.EqualTo(HttpStatusCode.OK), policy.Text);
        Assert.That(policy.Json.GetProperty("ignored").EnumerateArray().Select(i => i.GetProperty("pointer").GetString()), Is.SupersetOf(new[] { "/off/1", "/weights/rule-of-yesterday", "/rules/0/technique" }));
        Assert.That(reply["applied"], Does.Not.Contain("output-format-prose"));
        Assert.That(reply["policyVersion"], Is.EqualTo(policy["version"]));
    }
}
