using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Scoring;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>Language, entities, layout, targets, tokens.</summary>
public sealed class ReadingTests
{
    static PromptReading Read(string text) => EngineCorpus.Enhancer.Read(PromptInput.Of(text));

    [TestCase("write a poem", "en")]
    [TestCase("gift ideas for my dad", "en")]
    [TestCase("Schreibe ein Gedicht über den Herbst", "de")]
    [TestCase("Escribe un correo a mi jefe", "es")]
    [TestCase("Rédige une lettre de motivation", "fr")]
    [TestCase("Explique-moi la photosynthèse", "fr")]
    [TestCase("Escreva um poema sobre o mar", "pt")]
    [TestCase("Scrivi una poesia sul mare", "it")]
    [TestCase("写一首关于秋天的诗", "zh")]
    [TestCase("秋についての詩を書いてください", "ja")]
    [TestCase("Напиши стихотворение об осени", "und")]
    [TestCase("Napisz wiersz o jesieni dla mojej babci", "und")]
    [TestCase("Schrijf een gedicht over de herfst", "und")]
    [TestCase("가을에 대한 시를 써 줘", "und")]
    [TestCase("12345 !!", "und")]
    [TestCase("Fasse diesen Text zusammen:\n\nThe council voted to close the bridge and the shops are worried about what this will do to their trade.", "de")]
    [TestCase("Riassumi: The council voted to close the bridge and the shops are worried about what this will do to their trade.", "it")]
    public void Read_Text_TellsTheLanguageOfTheInstruction(string text, string language) => Assert.That(Read(text).Language, Is.EqualTo(language));

    [TestCase("make it better", nameof(Feature.MissingText))]
    [TestCase("Mach es besser", nameof(Feature.MissingText))]
    [TestCase("can you help me?", nameof(Feature.NoTask))]
    [TestCase("Hola, ¿puedes ayudarme?", nameof(Feature.NoTask))]
    [TestCase("ちょっと手伝って", nameof(Feature.NoTask))]
    [TestCase("explain black holes like I'm five", nameof(Feature.HasAudience))]
    [TestCase("Résume le fichier joint", nameof(Feature.TextGiven))]
    [TestCase("給我一份三天的北京旅行計劃", nameof(Feature.AsksPlan))]
    [TestCase("Write an email to my manager about the fridge", nameof(Feature.HasAudience))]
    [TestCase("給同事寫一封信", nameof(Feature.HasAudience))]
    [TestCase("Give me five names for a boat", nameof(Feature.HasCount))]
    [TestCase("京都への三日間の旅行計画を立ててください", nameof(Feature.HasDeadline))]
    [TestCase("Name the capitals; if you are not sure, say so", nameof(Feature.SaysUnsure))]
    [TestCase("Is 91 a prime number?", nameof(Feature.PlainQuestion))]
    [TestCase("Put this in the passive: \"The committee rejected the plan.\"", nameof(Feature.Closed))]
    [TestCase("two cats, a new baby in spring, a small flat", nameof(Feature.NoTask))]
    [TestCase("Fill in the form.\n\nName:\nPhone:\nWish:", nameof(Feature.HasForm))]
    public void Read_EverydayText_SeesWhatItIs(string text, string feature) => Assert.That(Read(text).Features.HasAny(Feature.Find(feature)!.Value));

    [TestCase("My manager approved the fridge; write a note about it", nameof(Feature.HasAudience))]
    [TestCase("Suggest names for a boat, at most two words each", nameof(Feature.HasCount))]
    [TestCase("A plan besides my 20-hour job", nameof(Feature.HasDeadline))]
    [TestCase("Why is the sky blue?", nameof(Feature.PlainQuestion))]
    [TestCase("is there a demand for coffee shops", nameof(Feature.NoTask))]
    public void Read_EverydayText_SeesNoMoreThanItIs(string text, string feature) => Assert.That(Read(text).Features.HasAny(Feature.Find(feature)!.Value), Is.False);

    [TestCase("---")]
    [TestCase("=====")]
    [TestCase("'''")]
    public void Read_TextBetweenRuledLines_IsMaterialThatIsSetApart(string rule)
    {
        var reading = Read($"Make the message below shorter.\n\n{rule}\nThe rent of March has not come in yet, please pay it.\n{rule}");

        Assert.That(reading.Layout.Material, Is.EqualTo(new PromptPart(PartKind.Text, new(33, reading.Text.Length), true)));
    }

    [Test]
    public void Read_QuotationBeforeTheRestOfTheOrder_IsTheMaterialAlone()
    {
        const string Text = "Translate into French the message: \"The meeting moved to three, bring the contract.\" Return only the translation.";

        Assert.That(Read(Text).Layout.Material!.Value.Span.Of(Text), Does.StartWith("\"The meeting").And.EndWith("contract.\""));
    }

    [TestCase("can you help me write a letter to my landlord?")]
    [TestCase("Help me plan a trip to Rome")]
    [TestCase("Help me please fix the typos")]
    public void Read_PleaWithATask_IsATask(string text) => Assert.That(Read(text).Features.HasAny(Feature.NoTask), Is.False);

    // Without a text to go by, nothing can be "what the text says".
    [Test]
    public void Enhance_SummaryOfABook_SpeaksOfNoText()
    {
        var summary = new Classification("summarization", 0.9, [], "general", 0.9, "simple", false, false, "test");
        Assert.That(EngineCorpus.Enhance(PromptInput.Of("Summarize the book \"Dune\""), summary).Enhanced, Does.Not.Contain("the text").And.Contain("If you are not certain"));
        Assert.That(EngineCorpus.Enhance(PromptInput.Of("Summarize the attached file"), summary).Enhanced, Does.Contain("Use only what the text says"));
    }

    [TestCase("Call get_user() in src/app/main.py", "identifier:get_user()", "path:src/app/main.py")]
    [TestCase("See https://example.org/a?b=1. Mail me at jo@example.org!", "url:https://example.org/a?b=1", "email:jo@example.org")]
    [TestCase("It weighs 3.5 kg and costs 20%", "number:3.5 kg", "number:20%")]
    [TestCase("Use {{name}}, ${id} and {city}", "placeholder:{{name}}", "placeholder:${id}", "placeholder:{city}")]
    [TestCase("He said \"stop it\" and «non»", "quote:\"stop it\"", "quote:«non»")]
    [TestCase("run `ls -la` in python", "code:`ls -la`", "language:python")]
    [TestCase("in 200 words for beginners", "length:200 words", "audience:for beginners")]
    [TestCase("用JSON输出，不超过50字", "format:JSON", "length:50字")]
    public void Read_Text_FindsEntities(string text, params string[] entities) =>
        Assert.That(Read(text).Entities.Select(e => $"{e.Kind}:{e.Span.Of(text)}"), Is.SupersetOf(entities));

    [TestCase("gpt-5", ModelFamily.Gpt, true)]
    [TestCase("openai/gpt-4o-mini", ModelFamily.Gpt, false)]
    [TestCase("o3-mini", ModelFamily.Gpt, true)]
    [TestCase("o1", ModelFamily.Gpt, true)]
    [TestCase("o1x", ModelFamily.Generic, false)]
    [TestCase("Claude-Sonnet-4", ModelFamily.Claude, false)]
    [TestCase("gemini-2.5-pro", ModelFamily.Gemini, true)]
    [TestCase("meta-llama/Llama-3.3-70B", ModelFamily.Llama, false)]
    [TestCase("mistral-large", ModelFamily.Generic, false)]
    [TestCase("deepseek-r1", ModelFamily.Generic, true)]
    [TestCase(null, ModelFamily.Generic, false)]
    public void Resolve_ModelName_NamesFamilyAndReasoning(string? model, ModelFamily family, bool reasoning)
    {
        var target = TargetModel.Resolve(model, null, "auto");
        Assert.That((target.Family, target.Reasoning), Is.EqualTo((family, reasoning)));
    }

    [Test]
    public void Resolve_WhatTheCallerSays_Wins() =>
        Assert.That(TargetModel.Resolve("gpt-5", "claude", "false"), Is.EqualTo(new TargetModel("gpt-5", ModelFamily.Claude, false)));

    [TestCase("", 0, 0)]
    [TestCase("hello", 1, 1)]
    [TestCase("Write a function that merges two sorted lists in python", 9, 14)]
    [TestCase("写一首关于秋天的诗", 7, 10)]
    [TestCase("1234567", 3, 3)]
    public void Of_Text_EstimatesTokens(string text, int least, int most) => Assert.That(TokenEstimate.Of(text), Is.InRange(least, most));

    [Test]
    public void Classify_Corpus_IsRightInTwoOfThree()
    {
        var wrong = EngineCorpus.Prompts.Select(p => (p.Id, p.Intent, Rules: RuleClassifier.Classify(EngineCorpus.Enhancer.Read(p.Input))))
            .Where(p => p.Rules.Intent != p.Intent && EngineCorpus.Enhancer.Read(EngineCorpus.Prompts.Single(x => x.Id == p.Id).Input).Language != "und").ToList();
        foreach (var (id, intent, rules) in wrong)
            TestContext.Out.WriteLine($"{id}: {intent} read as {rules.Intent} ({rules.IntentConfidence})");
        Assert.That(wrong, Has.Count.LessThanOrEqualTo(EngineCorpus.Prompts.Count / 3));
    }
}
