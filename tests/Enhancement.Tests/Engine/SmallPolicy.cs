using System.Text;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>Policies of a few rules, as JSON text.</summary>
internal static class SmallPolicy
{
    public const string Rule = """{ "id": "r1", "technique": "t1", "weight": 0.5, "reason": "x", "sentences": ["fact.unsure"], "section": "format" }""";

    /// <summary>A policy file around the rules; technique t1 has the facts given, others are described without any.</summary>
    public static string Json(string rules, string facts = """{ "evidence": "few-shot" }""", string others = "", string declines = "", string slots = "") => $$"""
        {
          "limits": { "concise": 2, "standard": 5, "detailed": 9, "reasoning": 4 },
          "budgets": { "concise": 80, "standard": 200, "detailed": 400, "reasoning": 160, "lean": 80 },
          "rules": [{{rules}}],
          "declines": [{{declines}}],
          "slots": [{{slots}}],
          "techniques": { "t1": {{facts}}{{others}} }
        }
        """;

    public static TechniquePolicy Parse(string json) => TechniquePolicy.Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>What is said against the policy.</summary>
    public static string Refusal(string json) => Assert.Throws<InvalidDataException>(() => Parse(json))!.Message;
}
