using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PromptPlatform.Inference.Models;
using PromptPlatform.Inference.Tokenization;
using PromptPlatform.TestKit;

namespace PromptPlatform.Inference.Tests.Registry;

/// <summary>Models that cannot be served, and what is away: clear errors, and the version in memory goes on serving.</summary>
public sealed class FaultTests : RegistryFixture
{
    [Test]
    public async Task Register_OfATruncatedGraph_SaysThatTheFilesDoNotMatch()
    {
        var (_, folder) = models.Bring(2);
        Truncate(Path.Combine(folder, ModelFiles.GraphName));

        await ExpectRefusedAsync("the files beside it are of version");
    }

    [Test]
    public async Task Register_OfATruncatedGraphWithAMatchingCard_SaysThatItDoesNotLoad()
    {
        var (_, folder) = models.Bring(2);
        Truncate(Path.Combine(folder, ModelFiles.GraphName));
        TinyModel.Seal(folder);

        await ExpectRefusedAsync("cannot be served");
    }

    [Test]
    public async Task Register_OfAnotherModelsTokenizer_SaysThatTheAnswersAreWrong()
    {
        var folder = Directory.CreateDirectory(Path.Combine(models.Folder, "store", "incoming", "v2")).FullName;
        foreach (var name in ModelFiles.Names) File.Copy(Path.Combine(Fixture.ModelFolder, name), Path.Combine(folder, name));
        ShiftIds(Path.Combine(folder, ModelFiles.TokenizerName));
        TinyModel.Seal(folder);

        await ExpectRefusedAsync("do not belong together");
    }

    [Test]
    public async Task Register_OfOtherLabels_NamesThem()
    {
        var (_, folder) = models.Bring(2);
        TinyModel.Seal(folder, card => card["heads"]![0]!["labels"]![3] = "small_talk");

        await ExpectRefusedAsync("missing [reasoning_analysis], unknown [small_talk]");
    }

    [Test]
    public async Task Register_OfFewerLabelsThanLogits_SaysSo()
    {
        var (_, folder) = models.Bring(2);
        TinyModel.Seal(folder, card => card["heads"]![1]!["labels"]!.AsArray().RemoveAt(0));

        await ExpectRefusedAsync("the graph answers 31 logits, model.json names 30 labels");
    }

    [Test]
    public async Task Register_OfAModelThatAnswersDifferentlyHere_SaysWhere()
    {
        var (_, folder) = models.Bring(2);
        var checks = Path.Combine(folder, ModelFiles.ChecksName);
        File.WriteAllText(checks, File.ReadAllText(checks).Replace("[-0.2266", "[-9.2266", StringComparison.Ordinal).Replace("[-0.", "[9.", StringComparison.Ordinal));

        await ExpectRefusedAsync("checks.json says");
    }

    [Test]
    public async Task Register_OfTheRunRecordOfAnotherModel_SaysSo()
    {
        var (_, folder) = models.Bring(2);
        await File.WriteAllTextAsync(Path.Combine(folder, ModelFiles.RunRecordName), """{"version":"0123456789abcdef"}""");

        await ExpectRefusedAsync("run.json is of version 0123456789abcdef");
    }

    [Test]
    public async Task Register_OfTooMuch_IsRefusedBeforeItIsRead()
    {
        var (_, folder) = models.Bring(2);
        using (var graph = File.OpenWrite(Path.Combine(folder, ModelFiles.GraphName))) graph.SetLength((64 << 20) + 1);

        Assert.That(() => models.RegisterAsync("v2"), Throws.TypeOf<RpcException>().With.Property("StatusCode").EqualTo(StatusCode.OutOfRange));
        await ExpectShippedServesAsync();
    }

    [Test]
    public async Task Promote_OfAModelDamagedInTheStore_IsRefused()
    {
        var version = await models.RegisterAsync(2);
        Truncate(await BlobAsync(version, ModelFiles.GraphName));

        Assert.That(() => models.PromoteAsync(version), Throws.TypeOf<RpcException>().With.Property("StatusCode").EqualTo(StatusCode.FailedPrecondition).And.Property("Status").Property("Detail").Contains("damaged"));
        await ExpectShippedServesAsync();
        Assert.That((await models.GetAsync(version)).Stage, Is.EqualTo("candidate"));
    }

    [Test]
    public async Task Replica_ThatCannotLoadThePromotedModel_KeepsServingAndSwapsOnceItCan()
    {
        errors.Announce("cannot be served");
        var version = await models.RegisterAsync(2);
        var graph = await BlobAsync(version, ModelFiles.GraphName);
        var aside = graph + ".aside";
        File.Move(graph, aside);

        // Another replica, which has the file, promotes.
        await models.SqlAsync("UPDATE models SET stage = 'retired', revision = revision + 1 WHERE stage = 'production'");
        await models.SqlAsync($"UPDATE models SET stage = 'production', revision = revision + 1 WHERE version = '{version}'");
        await models.UntilAsync(() => errors.Errors.Any(error => error.Message.Contains(version, StringComparison.Ordinal)));
        await ExpectShippedServesAsync();

        File.Move(aside, graph);
        await models.UntilServesAsync(version);
        Assert.That((await models.AnalyzeAsync("the cat")).ModelVersion, Is.EqualTo(version));
    }

    [Test]
    public async Task Replica_ThatStartsLater_ServesWhatIsInProduction()
    {
        var version = await models.RegisterAsync(2);
        await models.PromoteAsync(version);

        await using var other = await StartOtherAsync();

        Assert.That(other.Services.GetRequiredService<ServedModels>().Current!.Version, Is.EqualTo(version));
    }

    [Test]
    public async Task Replica_ThatStartsWithProductionMissingFromTheStore_ServesTheShippedModel()
    {
        errors.Announce("cannot be served");
        var version = await models.RegisterAsync(2);
        await models.PromoteAsync(version);
        await models.UntilServesAsync(version);
        File.Delete(await BlobAsync(version, ModelFiles.CardName));

        await using var other = await StartOtherAsync();

        Assert.That(other.Services.GetRequiredService<ServedModels>().Current!.Version, Is.EqualTo(models.Shipped));
        Assert.That(errors.Errors.Select(error => error.Exception?.Message ?? ""), Has.Some.Contains("model.json").And.Some.Contains("missing"));
    }

    [Test]
    public async Task Service_WhenTheDatabaseGoesAway_GoesOnServing()
    {
        // Nobody may connect any more, and who is connected is thrown out.
        errors.Announce(error => error.Exception is Npgsql.NpgsqlException);
        await using var source = Npgsql.NpgsqlDataSource.Create(await PostgresServer.AdminAsync());
        var name = new Npgsql.NpgsqlConnectionStringBuilder(models.Host.Database.AppConnectionString).Database;
        await ExecuteAsync(source, $"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS false");
        await ExecuteAsync(source, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");

        Assert.That(() => models.ListAsync(), Throws.TypeOf<RpcException>().With.Property("StatusCode").EqualTo(StatusCode.Unavailable));
        var health = await models.Host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("ready"));
        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy));
        await ExpectShippedServesAsync();

        await ExecuteAsync(source, $"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS true");
        var version = await models.RegisterAsync(2);
        await models.PromoteAsync(version);
        await models.UntilServesAsync(version);
    }

    [Test]
    public async Task Flood_OfTheQueue_IsRefusedAtOnceAndLosesNobody()
    {
        await using var small = await StartOtherAsync("--Inference:Batching:QueueCapacity=4", "--Inference:Batching:Workers=1");
        ModelApplication flooded = new(small, models.Folder);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3000).Select(async i =>
        {
            try
            {
                return (await flooded.AnalyzeAsync($"the cat reads {i} letters to the old man")).Intents.Count == 16 ? StatusCode.OK : StatusCode.DataLoss;
            }
            catch (RpcException refusal)
            {
                return refusal.StatusCode;
            }
        })).WithinAsync(60);

        TestContext.Out.WriteLine(string.Join(", ", outcomes.CountBy(outcome => outcome)));
        Assert.That(outcomes, Has.All.AnyOf(StatusCode.OK, StatusCode.ResourceExhausted));
        Assert.That(outcomes, Has.Some.EqualTo(StatusCode.OK));
        Assert.That((await flooded.AnalyzeAsync("the cat")).ModelVersion, Is.EqualTo(models.Shipped));
    }

    private static void Truncate(string file) => File.WriteAllBytes(file, File.ReadAllBytes(file)[..^100]);

    // Cuts every text as before, into other ids: the tokenizer of another training.
    private static void ShiftIds(string file)
    {
        Vocabulary vocabulary;
        using (var source = File.OpenRead(file)) vocabulary = Vocabulary.Read(source);
        var shifted = new Queue<Piece>(vocabulary.Pieces.Where(piece => piece.Kind == PieceKind.Normal));
        shifted.Enqueue(shifted.Dequeue());
        using BinaryWriter writer = new(File.Create(file));
        writer.Write("PPT1"u8);
        foreach (var number in (ReadOnlySpan<int>)[vocabulary.Pieces.Count, vocabulary.UnknownId, vocabulary.PadId, vocabulary.FirstByteId]) writer.Write(number);
        foreach (var piece in vocabulary.Pieces.Select(piece => piece.Kind == PieceKind.Normal ? shifted.Dequeue() : piece))
        {
            writer.Write(piece.Text.Length);
            writer.Write(piece.Score);
            writer.Write((byte)piece.Kind);
            writer.Write(piece.Text);
        }
    }

    private static async Task ExecuteAsync(Npgsql.NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync().WithinAsync();
    }

    private async Task<ServiceHost> StartOtherAsync(params string[] settings)
    {
        var other = await ServiceHost.StartAsync("inference", InferenceSetup.AddInference, InferenceSetup.MapInference, errors, models.Host.Database, settings:
        [
            $"--Inference:ModelFolder={Path.Combine(models.Folder, "shipped")}",
            $"--Inference:Registry:Folder={Path.Combine(models.Folder, "store")}",
            .. settings,
        ]);
        await models.UntilAsync(() => other.Services.GetRequiredService<ServedModels>().Current is not null);
        return other;
    }

    private async Task<string> BlobAsync(string version, string name) =>
        Path.Combine(models.Folder, "store", "blobs", (await models.GetAsync(version)).Files.Single(file => file.Name == name).Sha256);

    private async Task ExpectRefusedAsync(string reason)
    {
        Assert.That(() => models.RegisterAsync("v2"), Throws.TypeOf<RpcException>().With.Property("StatusCode").EqualTo(StatusCode.FailedPrecondition).And.Property("Status").Property("Detail").Contains(reason));
        Assert.That((await models.ListAsync()).Data, Has.Count.EqualTo(1));
        await ExpectShippedServesAsync();
    }

    private async Task ExpectShippedServesAsync() => Assert.That((await models.AnalyzeAsync("the cat reads")).ModelVersion, Is.EqualTo(models.Shipped));
}
