using PromptPlatform.Contracts.Catalog.V1;

namespace PromptPlatform.Catalog.Tests;

public sealed class ListTests
{
    [Test]
    public async Task List_WithoutAnything_GivesTwentyInOrderOfIds()
    {
        var answer = await CatalogFixture.Catalog.ListAsync(new());

        Assert.That(answer.Data, Has.Count.EqualTo(20));
        Assert.That(answer.Data.Select(t => t.Id), Is.Ordered.Using<string>(StringComparer.Ordinal));
        Assert.That(answer.HasMore, Is.True);
    }

    [TestCase("", 7)]
    [TestCase("", 100)]
    [TestCase("chain", 3)]
    [TestCase("chian", 2)]
    public async Task Pages_PutTogether_AreTheWholeListOnce(string query, int limit)
    {
        var whole = new List<string>();
        string cursor = "";
        do
        {
            var page = await CatalogFixture.Catalog.ListAsync(new() { Query = query, Limit = limit, Cursor = cursor });
            whole.AddRange(page.Data.Select(t => t.Id));
            cursor = page.NextCursor;
            Assert.That(page.HasMore, Is.EqualTo(page.HasNextCursor));
        }
        while (cursor.Length > 0);

        Assert.That(whole, Is.Unique);
        Assert.That(whole, Has.Count.EqualTo(await CountAsync(query)));
    }

    [Test]
    public async Task Filters_RestrictTogether()
    {
        var answer = await CatalogFixture.Catalog.ListAsync(new() { Family = "few-shot", Intent = "classification", ApplyMode = "scaffold", Limit = 100 });

        Assert.That(answer.Data, Is.Not.Empty);
        Assert.That(answer.Data, Has.All.Matches<Technique>(t => t.Family == "few-shot" && t.Intents.Contains("classification") && t.ApplyMode == "scaffold"));
    }

    [Test]
    public async Task Facets_CountTheWholeResult_EachWithoutItsOwnFilter()
    {
        var all = (await CatalogFixture.Catalog.ListAsync(new() { Query = "code", Limit = 100 })).Data;

        var answer = await CatalogFixture.Catalog.ListAsync(new() { Query = "code", Family = "decomposition", ApplyMode = "orchestrate", Limit = 1 });

        Assert.That(Counts(answer.Facets.Family), Is.EquivalentTo(Counted(all.Where(t => t.ApplyMode == "orchestrate").Select(t => t.Family))));
        Assert.That(Counts(answer.Facets.ApplyMode), Is.EquivalentTo(Counted(all.Where(t => t.Family == "decomposition").Select(t => t.ApplyMode))));
        Assert.That(Counts(answer.Facets.Intent), Is.EquivalentTo(Counted(all.Where(t => t.ApplyMode == "orchestrate" && t.Family == "decomposition").SelectMany(t => t.Intents))));
        Assert.That(answer.Facets.Family, Has.Count.GreaterThan(1));
    }

    [Test]
    public async Task Filter_ThatLeavesNothingOfAMatch_DoesNotTurnToLikeNames()
    {
        var answer = await CatalogFixture.Catalog.ListAsync(new() { Query = "self-consistency", Family = "multilingual" });

        Assert.That(answer.Data, Is.Empty);
        Assert.That(answer.Facets.Family, Is.Not.Empty);
    }

    private static async Task<int> CountAsync(string query) =>
        (await CatalogFixture.Catalog.ListAsync(new() { Query = query, Limit = 1 })).Facets.Family.Sum(f => f.Count);

    private static Dictionary<string, int> Counts(IEnumerable<FacetValue> facet) => facet.ToDictionary(f => f.Value, f => f.Count);

    private static Dictionary<string, int> Counted(IEnumerable<string> values) => values.CountBy(v => v).ToDictionary();
}
