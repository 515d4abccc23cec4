namespace PromptPlatform.Catalog.Tests;

public sealed class SearchTests
{
    [TestCase("few-shot", "few-shot")]
    [TestCase("few shot", "few-shot")]
    [TestCase("Few-Shot", "few-shot")]
    [TestCase("Few-shot demonstrations", "few-shot")]
    [TestCase("react", "react")]
    [TestCase("ReAct", "react")]
    [TestCase("self consistency", "self-consistency")]
    [TestCase("tree of thoughts", "tree-of-thoughts")]
    [TestCase("tot", "tree-of-thoughts")]
    [TestCase("persona", "audience-persona")]
    [TestCase("retrieval augmented generation", "rag-grounding")]
    [TestCase("debug code", "self-debug")]
    [TestCase("\"length budget\"", "length-budget")]
    [TestCase("  prompt   chaining ", "prompt-chaining")]
    public async Task Search_WithRightSpelling_PutsTheTechniqueFirst(string query, string best)
    {
        string[] found = await CatalogFixture.Catalog.SearchAsync(query);

        Assert.That(found.FirstOrDefault(), Is.EqualTo(best));
    }

    [TestCase("chian of thougt", "few-shot-cot", "zero-shot-cot", "auto-cot")]
    [TestCase("chain of thought", "few-shot-cot", "zero-shot-cot", "auto-cot")]
    [TestCase("few shoot", "few-shot")]
    [TestCase("self consistncy", "self-consistency")]
    [TestCase("decompositon", "least-to-most")]
    [TestCase("retrival augmented", "rag-grounding")]
    [TestCase("promt chaining", "prompt-chaining")]
    [TestCase("promptchaining", "prompt-chaining")]
    [TestCase("jason schema", "output-schema")]
    [TestCase("sumarization", "chain-of-density")]
    public async Task Search_WithTypos_FindsWhatWasMeant(string query, params string[] meant)
    {
        string[] found = await CatalogFixture.Catalog.SearchAsync(query);

        Assert.That(found, Is.SupersetOf(meant));
    }

    [Test]
    public async Task Search_WithTypos_FindsTheSameAsWithout()
    {
        string[] wrong = await CatalogFixture.Catalog.SearchAsync("chian of thougt");
        string[] right = await CatalogFixture.Catalog.SearchAsync("chain of thought");

        Assert.That(wrong, Is.EquivalentTo(right));
    }

    [Test]
    public async Task Search_WithRightSpelling_IsNotDilutedByLikeNames()
    {
        string[] found = await CatalogFixture.Catalog.SearchAsync("chain of thought");

        Assert.That(found, Has.No.Member("tree-of-thoughts").And.No.Member("chain-of-density"));
    }

    [TestCase("zzzzqqq xxyyxx")]
    [TestCase("'; DROP TABLE techniques; --")]
    [TestCase("' OR '1'='1")]
    [TestCase("\\'); SELECT pg_sleep(10); --")]
    [TestCase("$1")]
    [TestCase("& | ! ( ) : * <->")]
    [TestCase("\"unbalanced")]
    [TestCase("%_%")]
    [TestCase("<script>alert(1)</script>")]
    [TestCase("思维链 😀")]
    [TestCase("--")]
    public async Task Search_WithHostileOrStrangeText_AnswersAndHarmsNothing(string query)
    {
        await CatalogFixture.Catalog.SearchAsync(query);

        Assert.That((await CatalogFixture.Catalog.ListAsync(new())).HasMore, Is.True);
    }

    [Test]
    public async Task Search_WithNonsense_FindsNothing()
    {
        var answer = await CatalogFixture.Catalog.ListAsync(new() { Query = "zzzzqqq xxyyxx" });

        Assert.That(answer.Data, Is.Empty);
        Assert.That(answer.HasMore, Is.False);
        Assert.That(answer.HasNextCursor, Is.False);
        Assert.That(answer.SearchEngine, Is.EqualTo("postgresql"));
    }

    [Test]
    public async Task Search_WithAnExcludedWord_LeavesItOut()
    {
        string[] found = await CatalogFixture.Catalog.SearchAsync("chain of thought -automatic");

        Assert.That(found, Has.Member("zero-shot-cot").And.No.Member("auto-cot"));
    }
}
