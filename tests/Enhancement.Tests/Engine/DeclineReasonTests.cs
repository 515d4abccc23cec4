using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>What is said of techniques that were not applied is true of the prompt, the target and the wishes at hand.</summary>
public sealed class DeclineReasonTests
{
    sealed record Told(CorpusPrompt Prompt, PromptInput Input, PromptReading Reading, EnhancementOutcome Outcome)
    {
        public bool Has(string feature) => Reading.Features.HasAny(Feature.Find(feature)!.Value);
    }

    // A reason that speaks of the prompt, and what must then be so.
    static readonly (string Says, Func<Told, bool> Holds)[] Claims =
    [
        ("The target is a reasoning model", t => t.Input.Target.Reasoning),
        ("The target plans on its own", t => t.Input.Target.Reasoning),
        ("The target checks its work", t => t.Input.Target.Reasoning),
        ("Reasoning models lose accuracy with examples; yours", t => t.Input.Target.Reasoning && t.Has("HasExamples")),
        ("The prompt already asks for steps", t => t.Has("HasSteps")),
        ("The prompt has no examples", t => !t.Has("HasExamples")),
        ("and you named none", t => !t.Has("HasRole")),
        ("The prompt already says what form", t => t.Has("HasFormat")),
        ("The prompt already names who", t => t.Has("HasAudience")),
        ("The prompt already names a length", t => t.Has("HasLength")),
        ("The prompt already names a tone", t => t.Has("HasTone")),
        ("The prompt already has a structure", t => t.Has("Expert")),
        ("The prompt already carries it", t => EngineForm.Keys(t.Reading.Text).Count > 0),
        ("The prompt names no task", t => t.Has("NoTask")),
        ("A greeting needs", t => t.Has("Greeting")),
        ("A plain question is clear", t => t.Has("PlainQuestion")),
        ("A tone or form that you did not name", t => !t.Has("HasTone")),
        ("The material is already set apart", t => t.Has("HasMaterial") && !t.Has("LooseMaterial")),
        ("The instruction points to the text below it", t => t.Has("MaterialBelow")),
        ("The material is short", t => t.Has("HasMaterial") && !t.Has("LongMaterial")),
        ("There is no source text", t => !t.Has("TextGiven")),
        ("In a single request", t => !t.Input.HasConversation),
        ("Creativity is not among your goals", t => !t.Input.Goals.Contains("creativity")),
        ("The task is too small", t => t.Prompt.Complexity != "complex"),
        ("for this kind of task", t => t.Prompt.Intent is not ("math_reasoning" or "reasoning_analysis")),
        ("change the language that you chose", t => t.Reading.Language != "en"),
        ("Left out because you asked for low cost", t => t.Input.Goals.Contains("cost")),
        ("Left out because you asked for brevity", t => t.Input.Goals.Contains("brevity")),
        ("Left out to keep the concise style", t => t.Input.Style == PromptStyle.Concise),
        ("Left out to keep the standard style", t => t.Input.Style == PromptStyle.Standard),
        ("Left out to keep the detailed style", t => t.Input.Style == PromptStyle.Detailed),
        ("strongest that you asked for", t => t.Outcome.Applied.Count <= t.Input.MaxTechniques),
        ("moved by guess, your examples", t => t.Has("HasExamples")),
        ("your own numbered steps are kept", t => !t.Has("HasSteps")),
        ("in the language that the engine does not write", t => LanguagePack.For(t.Reading.Language) is null),
    ];

    static readonly IReadOnlyList<Told> All =
    [
        .. from prompt in EngineCorpus.Prompts
           from model in new[] { "gpt-4o", "gpt-5" }
           from style in Enum.GetValues<PromptStyle>()
           from goals in new string[][] { [], ["cost"], ["creativity", "safety"] }
           let input = PromptInput.Of(prompt.Text, TargetModel.Resolve(model, null, null), style) with { Goals = goals, HasConversation = goals.Length == 1 }
           let reading = EngineCorpus.Enhancer.Read(input)
           select new Told(prompt, input, reading, EngineCorpus.Enhancer.Enhance(input, reading, prompt.Classification, TechniqueCatalog.Empty)),
    ];

    [Test]
    public void NotApplied_WhatItClaims_IsSo()
    {
        var lies = from told in All
                   from declined in told.Outcome.NotApplied
                   from claim in Claims
                   where declined.Reason.Contains(claim.Says, StringComparison.Ordinal) && !claim.Holds(told)
                   select $"{told.Prompt.Id}: {declined.TechniqueId}: {declined.Reason}";

        Assert.That(lies.Distinct(), Is.Empty);
    }

    // Which technique counts more, and what is built on, can be looked up in the same answer.
    [Test]
    public void NotApplied_WhoeverYields_YieldsToWhatWasApplied()
    {
        var yields = (from told in All
                      from declined in told.Outcome.NotApplied
                      where declined.Reason.StartsWith("It does not go together with ", StringComparison.Ordinal)
                      select (told, Stronger: declined.Reason.Split(' ')[6].TrimEnd(','))).ToList();

        Assert.That(yields, Is.Not.Empty);
        Assert.That(yields.Where(y => !y.told.Outcome.FellBack && y.told.Outcome.Applied.All(a => a.TechniqueId != y.Stronger)).Select(y => $"{y.told.Prompt.Id}: {y.Stronger}"), Is.Empty);
    }

    [Test]
    public void NotApplied_NeverNamesWhatWasApplied_NorATechniqueTwice()
    {
        foreach (var told in All)
        {
            Assert.That(told.Outcome.NotApplied.Select(d => d.TechniqueId), Is.Unique, told.Prompt.Id);
            if (!told.Outcome.FellBack)
                Assert.That(told.Outcome.NotApplied.Select(d => d.TechniqueId).Intersect(told.Outcome.Applied.Select(a => a.TechniqueId)), Is.Empty, told.Prompt.Id);
        }
    }

    [TestCase("logic", "gpt-5", "zero-shot-cot", "The target is a reasoning model: slower, no gain.", "reasoning_analysis")]
    [TestCase("persona", "gpt-4o", "role-prompting", "A persona changes the tone, not the accuracy, and you named none.", "code_generation")]
    [TestCase("examples", "gpt-4o", "few-shot", "The prompt has no examples, and invented ones would add content that is not yours.", "classification")]
    [TestCase("votes", "gpt-4o", "self-consistency", "It would need several answers of the model to choose among.", "math_reasoning")]
    public void NotApplied_NamesTheStrongestCandidate(string _, string model, string technique, string reason, string intent)
    {
        var text = intent switch
        {
            "code_generation" => "Write a function that parses ISO dates in Go and returns an error for wrong ones",
            "classification" => "Sort these reviews by sentiment:\n\nThe soup was cold and late.\n\nLovely terrace, kind staff.",
            "math_reasoning" => "A tank holds 240 litres and loses 7 litres a day. When is it below 100 litres?",
            _ => "All miners are brave. Some brave people sing. Does it follow that some miners sing?",
        };
        var input = PromptInput.Of(text, TargetModel.Resolve(model, null, null));

        var outcome = EngineCorpus.Enhance(input, new(intent, 0.9, [], "general", 0.9, "moderate", false, false, "test"));

        Assert.That(outcome.NotApplied, Has.Member(new DeclinedTechnique(technique, reason)));
    }
}
