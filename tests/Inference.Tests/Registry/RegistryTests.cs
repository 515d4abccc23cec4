using Grpc.Core;
using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Models;

namespace PromptPlatform.Inference.Tests.Registry;

/// <summary>Versions, stages and lineage on a real database.</summary>
public sealed class RegistryTests : RegistryFixture
{
    [Test]
    public async Task Start_OnAnEmptyRegistry_PutsTheShippedModelIntoProduction()
    {
        var shipped = await models.GetAsync(models.Shipped);

        Assert.That(shipped.Stage, Is.EqualTo("production"));
        Assert.That(shipped.RegisteredBy, Is.EqualTo("product"));
        Assert.That(shipped.Changes.Select(change => (change.From, change.To)), Is.EqualTo(new[] { ("", "candidate"), ("candidate", "production") }));
        Assert.That(shipped.Files.Select(file => file.Name), Is.EqualTo(ModelFiles.Names));
        Assert.That(shipped.Metrics["dev.intent.accuracy"], Is.EqualTo(0.5));
    }

    [Test]
    public async Task Register_KeepsLineageAndFilesUnderTheirHashes()
    {
        var (version, folder) = models.Bring(2);
        TinyModel.Seal(folder, card =>
        {
            card["data"] = new System.Text.Json.Nodes.JsonObject { ["b.jsonl"] = "22", ["a.jsonl"] = "11" };
            card["parameters"] = new System.Text.Json.Nodes.JsonObject { ["layers"] = 4 };
        });
        version = ModelFiles.In(folder).ContentVersion();
        await File.WriteAllTextAsync(Path.Combine(folder, "run.json"), """{"version":"VERSION","commit":"abc123","environment":{"processors":2}}""".Replace("VERSION", version, StringComparison.Ordinal));

        var registered = await models.RegisterAsync("v2");

        Assert.That(registered.Version, Is.EqualTo(version));
        Assert.That(registered.Stage, Is.EqualTo("candidate"));
        Assert.That(registered.RegisteredBy, Does.StartWith("key_"));
        // printf '11  a.jsonl\n22  b.jsonl\n' | sha256sum
        Assert.That(registered.Lineage.DataHash, Is.EqualTo("8002539b0b4a042345085aa3cb477b2ef830f2c0c1503ce12a75d4cd7a7e3a8a"));
        Assert.That(registered.Lineage.CodeCommit, Is.EqualTo("abc123"));
        Assert.That(registered.Lineage.Environment, Is.EqualTo("""{"processors":2}"""));
        Assert.That(registered.Files.Select(file => file.Name), Does.Contain("run.json"));
        Assert.That(registered.Lineage.Parameters, Is.EqualTo("""{"layers":4}"""));
        Assert.That(registered.Files.Select(file => File.Exists(Path.Combine(models.Folder, "store", "blobs", file.Sha256))), Has.All.True);
    }

    [Test]
    public async Task Register_OfTheSameFilesAgain_ChangesNothing()
    {
        var version = await models.RegisterAsync(2);

        await models.RegisterAsync("v2");

        Assert.That((await models.GetAsync(version)).Changes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Register_OfAnotherCardForTheSameVersion_IsRefused()
    {
        var (_, folder) = models.Bring(2);
        await models.RegisterAsync("v2");
        TinyModel.Seal(folder, card => card["metrics"] = new System.Text.Json.Nodes.JsonObject { ["dev.intent.accuracy"] = 0.99 });

        Assert.That(() => models.RegisterAsync("v2"), Refused(StatusCode.AlreadyExists, "never changes"));
    }

    [TestCase("../shipped", StatusCode.InvalidArgument)]
    [TestCase("", StatusCode.InvalidArgument)]
    [TestCase(".hidden", StatusCode.InvalidArgument)]
    [TestCase("nothing", StatusCode.NotFound)]
    public void Register_OfNoFolder_IsRefused(string name, StatusCode status) => Assert.That(() => models.RegisterAsync(name), Refused(status, "folder"));

    [Test]
    public async Task Promote_TakesTheVersionIntoProductionAndRetiresTheOneBefore()
    {
        var version = await models.RegisterAsync(2, turned: true);
        var before = await models.AnalyzeAsync("the cat reads a letter");

        var promoted = await models.PromoteAsync(version);
        await models.UntilServesAsync(version);
        var after = await models.AnalyzeAsync("the cat reads a letter");

        Assert.That(promoted.Stage, Is.EqualTo("production"));
        Assert.That((await models.GetAsync(models.Shipped)).Stage, Is.EqualTo("retired"));
        Assert.That(after.ModelVersion, Is.EqualTo(version).And.Not.EqualTo(before.ModelVersion));
        Assert.That(after.Intents[0].Label, Is.Not.EqualTo(before.Intents[0].Label));
        var change = (await models.GetAsync(version)).Changes[^1];
        Assert.That((change.From, change.To, change.Reason), Is.EqualTo(("candidate", "production", "better")));
        Assert.That(change.Actor, Does.StartWith("key_"));
    }

    [Test]
    public async Task Rollback_PutsBackWhatServedBefore_StepByStep()
    {
        var (second, third) = (await models.RegisterAsync(2), await models.RegisterAsync(3));
        await models.PromoteAsync(second);
        await models.PromoteAsync(third);

        Assert.That((await models.RollbackAsync(third)).Version, Is.EqualTo(second));
        Assert.That((await models.RollbackAsync(second)).Version, Is.EqualTo(models.Shipped));
        Assert.That(() => models.RollbackAsync(models.Shipped), Refused(StatusCode.FailedPrecondition, "first that served"));
        await models.UntilServesAsync(models.Shipped);
        Assert.That((await models.ListAsync()).Data.Select(model => (model.Version, model.Stage)), Is.EquivalentTo(new[] { (models.Shipped, "production"), (second, "retired"), (third, "retired") }));
    }

    [Test]
    public async Task Changes_ThatTheRulesForbid_AreRefusedWithTheCure()
    {
        var version = await models.RegisterAsync(2);
        await models.CanaryAsync(version);

        Assert.That(() => models.CanaryAsync(version), Refused(StatusCode.FailedPrecondition, "already"));
        Assert.That(() => models.ShadowAsync(version), Refused(StatusCode.FailedPrecondition, "past shadow"));
        Assert.That(() => models.RetireAsync(models.Shipped), Refused(StatusCode.FailedPrecondition, "promote another"));
        Assert.That(() => models.RollbackAsync(version), Refused(StatusCode.FailedPrecondition, "does not serve"));
        Assert.That(() => models.PromoteAsync("0123456789abcdef"), Refused(StatusCode.NotFound, "none has id"));
    }

    [Test]
    public async Task Promote_WithAnEtagOfBefore_IsAborted()
    {
        var version = await models.RegisterAsync(2);
        var read = await models.GetAsync(version);
        await models.ShadowAsync(version);

        Assert.That(() => models.PromoteAsync(version, read.Etag), Refused(StatusCode.Aborted, "changed since"));
        Assert.That((await models.GetAsync(models.Shipped)).Stage, Is.EqualTo("production"));
    }

    [Test]
    public async Task Promote_OfManyAtOnce_LeavesOneInProduction()
    {
        var versions = new List<string>();
        for (var i = 2; i < 8; i++) versions.Add(await models.RegisterAsync(i));

        var outcomes = await Task.WhenAll(versions.Select(async version =>
        {
            try
            {
                await models.PromoteAsync(version);
                return StatusCode.OK;
            }
            catch (RpcException refusal)
            {
                return refusal.StatusCode;
            }
        }));

        Assert.That(outcomes, Has.Some.EqualTo(StatusCode.OK).And.All.AnyOf(StatusCode.OK, StatusCode.Aborted));
        Assert.That((await models.ListAsync()).Data.Count(model => model.Stage == "production"), Is.EqualTo(1));
    }

    [Test]
    public async Task Shadow_IsLoadedBesideTheServingOneAndAnswersByName()
    {
        var version = await models.RegisterAsync(2, turned: true);
        Assert.That(() => models.AnalyzeAsync("the cat reads", version), Refused(StatusCode.FailedPrecondition, "not in memory"));

        await models.ShadowAsync(version);
        await models.UntilAsync(() => models.Served.All.Count == 2);
        var byName = await models.AnalyzeAsync("the cat reads", version);

        Assert.That(byName.ModelVersion, Is.EqualTo(version));
        Assert.That((await models.AnalyzeAsync("the cat reads")).ModelVersion, Is.EqualTo(models.Shipped));
        await models.RetireAsync(version);
        await models.UntilAsync(() => models.Served.All.Count == 1);
    }

    [Test]
    public async Task Ensemble_AveragesTheCalibratedProbabilitiesByLabel()
    {
        var version = await models.RegisterAsync(2, turned: true);
        await models.ShadowAsync(version);
        var folder = models.Folder;
        await using var ensemble = await ModelApplication.StartAsync(errors, folder, models.Host.Database, $"--Inference:EnsembleVersions:0={version}");
        await ensemble.UntilAsync(() => ensemble.Served.All.Count == 2);

        var (serving, member) = (await ensemble.AnalyzeAsync("the cat reads", models.Shipped), await ensemble.AnalyzeAsync("the cat reads", version));
        var together = await ensemble.AnalyzeAsync("the cat reads");

        Assert.That(together.ModelVersion, Is.EqualTo($"{models.Shipped}+{version}"));
        Assert.That(together.Intents.Select(intent => intent.Probability), Is.Ordered.Descending);
        foreach (var intent in together.Intents)
        {
            var mean = (Of(serving) + Of(member)) / 2;
            Assert.That(intent.Probability, Is.EqualTo(mean).Within(1e-5), intent.Label);

            float Of(AnalyzeResponse answer) => answer.Intents.Single(other => other.Label == intent.Label).Probability;
        }
    }

    [Test]
    public async Task List_GivesPagesNewestFirst()
    {
        for (var i = 2; i < 5; i++) await models.RegisterAsync(i);

        var first = await models.ListAsync(limit: 3);
        var second = await models.ListAsync(limit: 3, first.NextCursor);

        Assert.That(first.Data, Has.Count.EqualTo(3));
        Assert.That(first.HasMore);
        Assert.That(second.Data.Select(model => model.Version), Is.EqualTo(new[] { models.Shipped }));
        Assert.That(second.HasMore, Is.False);
    }

    [Test]
    public async Task Writes_WithoutTheScope_AreForbidden()
    {
        var version = await models.RegisterAsync(2);

        Assert.That(() => models.PromoteAsync(version, scopes: "models:read"), Refused(StatusCode.PermissionDenied, "models:write"));
        Assert.That(() => models.RegisterAsync("v2", scopes: "models:read"), Refused(StatusCode.PermissionDenied, "models:write"));
    }

    [TestCase("UPDATE models SET files = '[]'")]
    [TestCase("UPDATE models SET metrics = '{}'")]
    [TestCase("DELETE FROM models")]
    [TestCase("UPDATE model_changes SET actor = 'nobody'")]
    [TestCase("DELETE FROM model_changes")]
    public void Rows_CannotBeRewrittenByTheService(string sql) =>
        Assert.That(() => models.SqlAsync(sql), Throws.TypeOf<Npgsql.PostgresException>().With.Property("SqlState").EqualTo("42501"));

    private static NUnit.Framework.Constraints.ContainsConstraint Refused(StatusCode status, string detail) =>
        Throws.TypeOf<RpcException>().With.Property("StatusCode").EqualTo(status).And.Property("Status").Property("Detail").Contains(detail);
}
