using System.Text;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Requests;
using PromptPlatform.Enhancement.Scoring;

namespace PromptPlatform.Enhancement.Tests.Engine;

public sealed class PriceTests
{
    static readonly PriceTable Shipped = PriceTable.Load("");

    [TestCase("gpt-4o", "gpt-4o")]
    [TestCase("openai/GPT-4o-2024-08-06", "gpt-4o")]
    [TestCase("gpt-4o-mini", "gpt-4o-mini")]
    [TestCase("gpt-4.1", "gpt-4.1")]
    [TestCase("anthropic/claude-sonnet-4.5", "claude-sonnet-4-5")]
    [TestCase("claude-sonnet-4-20250514", "claude-sonnet-4")]
    [TestCase("claude-3-5-haiku-latest", "claude-3-5-haiku")]
    public void For_NameWithVendorOrDate_FindsTheModel(string model, string expected) =>
        Assert.That(Shipped.For(model)?.Model, Is.EqualTo(expected));

    [TestCase("gpt-4o-audio-preview")]
    [TestCase("llama-3.3-70b")]
    [TestCase("gpt")]
    public void For_ModelThatIsNotListed_IsNull(string model) => Assert.That(Shipped.For(model), Is.Null);

    [Test]
    public void ToCost_OfAListedModel_IsTokensTimesPrice()
    {
        var cost = CostMapping.ToCost(Shipped, TargetModel.Resolve("gpt-5", null, null), 11, 64);

        Assert.That((cost.Before, cost.After), Is.EqualTo((0.00001375, 0.00008)));
        Assert.That((cost.Model, cost.Currency, cost.HasReason), Is.EqualTo(("gpt-5", "USD", false)));
        Assert.That(cost.Source, Does.StartWith("https://"));
    }

    [TestCase(null, "names no model")]
    [TestCase("llama-3.3-70b", "no entry")]
    public void ToCost_WithoutPrice_SaysWhy(string? model, string reason)
    {
        var cost = CostMapping.ToCost(Shipped, TargetModel.Resolve(model, "llama", null), 11, 64);

        Assert.That(cost.Reason, Does.Contain(reason));
        Assert.That((cost.HasBefore, cost.HasAfter), Is.EqualTo((false, false)));
    }

    [TestCase("""{"currency":"EUR","prices":[]}""", "currency: EUR is not supported; give prices in USD.")]
    [TestCase("""{"currency":"USD","prices":[{"model":"m","family":"gpt","input":-1,"output":1,"asOf":"2025-10-15","source":"https://a.example"}]}""", "m: input and output are USD per million tokens, from 0 to 10000.")]
    [TestCase("""{"currency":"USD","prices":[{"model":"m","family":"gpt","input":1,"output":1,"asOf":"soon","source":"https://a.example"}]}""", "m: asOf soon is no date")]
    [TestCase("""{"currency":"USD","prices":[{"model":"m","family":"gpt","input":1,"output":1,"asOf":"2025-10-15","source":"a page"}]}""", "m: source is no https address")]
    [TestCase("""{"currency":"USD","prices":[{"model":"m","family":"ours","input":1,"output":1,"asOf":"2025-10-15","source":"https://a.example"}]}""", "m: family ours is not one of")]
    [TestCase("""{"currency":"USD","prices":[{"model":"m","input":1}]}""", "no valid JSON at $.prices[0]")]
    [TestCase("""{"currency":"USD","price":[]}""", "no valid JSON")]
    public void Parse_FaultyTable_NamesTheFault(string json, string fault) =>
        Assert.That(() => PriceTable.Parse(Encoding.UTF8.GetBytes(json)), Throws.TypeOf<InvalidDataException>().With.Message.Contains(fault));

    [Test]
    public void Parse_ModelTwice_IsAFault()
    {
        const string Price = """{"model":"a-1.0","family":"gpt","input":1,"output":1,"asOf":"2025-10-15","source":"https://a.example"}""";

        Assert.That(() => PriceTable.Parse(Encoding.UTF8.GetBytes($$"""{"currency":"USD","prices":[{{Price}},{{Price.Replace("a-1.0", "a-1-0", StringComparison.Ordinal)}}]}""")),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("stands 2 times"));
    }
}
