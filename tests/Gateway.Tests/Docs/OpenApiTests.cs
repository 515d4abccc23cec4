using System.Text;
using System.Text.Json.Nodes;
using PromptPlatform.Gateway.Docs;

namespace PromptPlatform.Gateway.Tests.Docs;

internal sealed class OpenApiTests
{
    private const string WriteVariable = "PROMPTPLATFORM_WRITE_GOLDEN";
    private readonly OpenApiDocument _document = new();

    [Test]
    public void Document_IsTheReviewedOne()
    {
        string golden = Path.Combine(TestContext.CurrentContext.TestDirectory, "Docs", "openapi.json");
        if (Environment.GetEnvironmentVariable(WriteVariable) is { Length: > 0 } folder)
            File.WriteAllBytes(Path.Combine(folder, "openapi.json"), _document.Bytes);

        Assert.That(Encoding.UTF8.GetString(_document.Bytes), Is.EqualTo(File.ReadAllText(golden)), $"review the change and write the file anew: {WriteVariable}=<folder of this test's golden file>");
    }

    [Test]
    public void Document_WrittenTwice_IsTheSame()
    {
        Assert.That(new OpenApiDocument().Bytes, Is.EqualTo(_document.Bytes));
    }

    [Test]
    public void References_AllLeadSomewhere()
    {
        var broken = Nodes(_document.Json).OfType<JsonObject>().Select(o => o["$ref"]?.GetValue<string>()).OfType<string>().Where(r => Follow(r) is null);

        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void Schemas_AreAllUsed()
    {
        var used = Nodes(_document.Json).OfType<JsonObject>().Select(o => o["$ref"]?.GetValue<string>()).OfType<string>().ToHashSet();

        Assert.That(_document.Json["components"]!["schemas"]!.AsObject().Select(s => "#/components/schemas/" + s.Key).Where(s => !used.Contains(s)), Is.Empty);
    }

    [Test]
    public void Operations_AreThoseOfTheContracts()
    {
        var written = _document.Json["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key}"));

        Assert.That(written, Is.EquivalentTo(PublicOperation.All.Select(o => $"{o.Verb} {o.Path}")));
    }

    [Test]
    public void Operations_EachHaveIdSummaryAnswerAndDeclaredPathParameters()
    {
        foreach (var (path, item) in _document.Json["paths"]!.AsObject())
        {
            foreach (var (verb, operation) in item!.AsObject())
            {
                var declared = (operation!["parameters"] as JsonArray ?? []).Where(p => p!["in"]?.GetValue<string>() == "path").Select(p => p!["name"]!.GetValue<string>());
                Assert.That(declared, Is.EquivalentTo(path.Split('/').Where(s => s.StartsWith('{')).Select(s => s[1..s.IndexOf('}', StringComparison.Ordinal)])), $"{verb} {path}");
                Assert.That(operation["responses"]!["200"], Is.Not.Null, $"{verb} {path}");
                Assert.That(operation["summary"]!.GetValue<string>(), Is.Not.Empty, $"{verb} {path}");
            }
        }
        var ids = Nodes(_document.Json).OfType<JsonObject>().Select(o => o["operationId"]?.GetValue<string>()).OfType<string>().ToList();
        Assert.That(ids, Is.Unique);
    }

    [Test]
    public void Comments_OfTheContracts_Arrive()
    {
        var prompt = _document.Json["components"]!["schemas"]!["EnhanceRequest"]!["properties"]!["prompt"]!;

        Assert.That(prompt["description"]!.GetValue<string>(), Is.EqualTo("1..32768 UTF-16 units; this or messages"));
    }

    [Test]
    public void Texts_DescribeOnlyWhatExists()
    {
        Assert.That(OperationText.Strangers, Is.Empty);
    }

    private JsonNode? Follow(string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode?)_document.Json, (node, part) => node?[part]);

    private static IEnumerable<JsonNode> Nodes(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Nodes(p.Value)).Prepend(o),
        JsonArray a => a.SelectMany(Nodes).Prepend(a),
        null => [],
        _ => [node],
    };
}
