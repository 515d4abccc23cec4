using PromptPlatform.Enhancement.Learning;
using PromptPlatform.Enhancement.Proof;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;
using PromptPlatform.Enhancement.Tests.Engine;

namespace PromptPlatform.Enhancement.Tests.Learning;

/// <summary>What learning may do to a plan, and what it never may, over the whole corpus.</summary>
public sealed class LearnedChoiceTests
{
    static readonly string[] Forbidden = ["emotion-prompting", "tree-of-thoughts", "self-consistency"];

    [TestCase("all on what is forbidden")]
    [TestCase("nothing helps")]
    [TestCase("everything helps")]
    [TestCase("dice")]
    public void Plan_InAHostileWorld_StaysWithinThePolicyAndItsProof(string world) => Assert.Multiple(() =>
    {
        var (changed, plans) = (0, 0);
        foreach (var (prompt, input, reading) in Worlds.Everything())
        {
            var name = $"{prompt.Id} {input.Target.Family} {input.Target.Reasoning} {input.Style}";
            var allowed = Worlds.Allowed(prompt, input, reading);
            var learning = input with { Learning = Named(world, allowed.Select(r => r.Technique).ToHashSet()) };
            var usual = EngineCorpus.Enhancer.Select(input, reading, prompt.Classification, TechniqueCatalog.Empty).Rules;
            var plan = EngineCorpus.Enhancer.Select(learning, reading, prompt.Classification, TechniqueCatalog.Empty);
            var ids = plan.Rules.Select(r => r.Id).ToList();

            Assert.That(ids, Is.SubsetOf(allowed.Select(r => r.Id)), name + ": nothing that the policy does not let hold");
            Assert.That(ids, Is.SupersetOf(usual.Where(IsRequired).Select(r => r.Id)), name + ": what is required stays");
            Assert.That(usual.Count == 0, Is.EqualTo(plan.Rules.Count == 0), name + ": a prompt that is left alone stays so, another does not");
            Assert.That(plan.Rules.Sum(r => r.Sentences.Count), Is.LessThanOrEqualTo(TechniquePolicy.Shipped.File.Limits[PolicyWords.Of(input.Style)]), name);
            var outcome = EngineCorpus.Enhancer.Compose(learning, reading, prompt.Classification, plan, TechniqueCatalog.Empty);
            Assert.That((outcome.FellBack, OutputProof.Check(outcome.Original, outcome.Enhanced, reading.Language, []).Refusal), Is.EqualTo((false, (string?)null)), name + ": proven");
            plans += usual.Count > 0 ? 1 : 0;
            if (ids.Order().SequenceEqual(usual.Select(r => r.Id).Order()))
                continue;
            changed++;
            Assert.That(EngineCorpus.Enhance(learning with { Prompt = outcome.Enhanced }, prompt.Classification).Enhanced, Is.EqualTo(outcome.Enhanced), name + ": idempotent");
        }
        TestContext.Out.WriteLine($"{changed} of {plans} plans differ from those of the policy alone");
    });

    [Test]
    public void Plan_WithWhatTheCallerDenies_NeverHasIt()
    {
        foreach (var (prompt, input, reading) in Worlds.Everything().Where(e => e.Input.Style == PromptStyle.Detailed))
        {
            var usual = EngineCorpus.Enhancer.Select(input, reading, prompt.Classification, TechniqueCatalog.Empty).Rules.Select(r => r.Technique).ToHashSet();
            var denied = input with { Deny = usual, Learning = Worlds.Where(t => usual.Contains(t) ? Worlds.Certain : Worlds.Middling) };

            Assert.That(EngineCorpus.Enhancer.Select(denied, reading, prompt.Classification, TechniqueCatalog.Empty).Rules.Select(r => r.Technique).Intersect(usual), Is.Empty, prompt.Id);
        }
    }

    [Test]
    public void Enhance_TwiceWithOneSnapshot_IsTheSame_AndAnotherSnapshotDrawsAnew()
    {
        var (one, other, differing) = (Worlds.Where(_ => Worlds.Middling), Worlds.Where(_ => Worlds.Middling, "v2"), 0);
        foreach (var prompt in EngineCorpus.Prompts)
        {
            var input = prompt.Input with { Style = PromptStyle.Concise };
            var first = EngineCorpus.Enhance(input with { Learning = one }, prompt.Classification).Enhanced;

            Assert.That(EngineCorpus.Enhance(input with { Learning = Worlds.Where(_ => Worlds.Middling) }, prompt.Classification).Enhanced, Is.EqualTo(first), prompt.Id);
            differing += EngineCorpus.Enhance(input with { Learning = other }, prompt.Classification).Enhanced == first ? 0 : 1;
        }
        Assert.That(differing, Is.Positive);
    }

    [Test]
    public void Enhance_WhenTheClassifierIsNotSure_FollowsThePolicyAlone()
    {
        foreach (var prompt in EngineCorpus.Prompts)
        {
            var unsure = prompt.Classification with { Abstained = true };

            Assert.That(EngineCorpus.Enhance(prompt.Input with { Learning = Worlds.Random(1) }, unsure).Enhanced, Is.EqualTo(EngineCorpus.Enhance(prompt.Input, unsure).Enhanced), prompt.Id);
        }
    }

    [Test]
    public void Choice_AmongMoreThanFit_TakesWhatHelps_AndSaysTheNumbers()
    {
        // Two techniques were asked for; one is required, and three may have the other's place.
        var prompt = EngineCorpus.Prompts.First(p => p.Id == "blog");
        var input = prompt.Input with { MaxTechniques = 2 };
        var plan = (string best) => EngineCorpus.Enhance(input with { Learning = Worlds.Where(t => t == best ? Worlds.Certain : Worlds.Middling) }, prompt.Classification);

        foreach (var best in new[] { "audience-persona", "style-constraints", "length-budget" })
        {
            var applied = plan(best).Applied.Single(a => a.TechniqueId == best);
            Assert.That(applied.Reason, Does.Contain("Learned: 100 % success expected (95 % interval 99 % to 100 %), from 1000 outcomes of your organisation and a prior of 50 % worth 4 outcomes from the published evidence."));
        }
    }

    [Test]
    public void Technique_ThatFallsBehind_IsLeftOutWithItsNumbers_UnlessItIsRequired()
    {
        var prompt = EngineCorpus.Prompts.First(p => p.Id == "blog");
        var outcome = EngineCorpus.Enhance(prompt.Input with { Learning = Worlds.Where(t => t is "style-constraints" or "template-variables" ? Worlds.Hopeless : Worlds.Middling) }, prompt.Classification);

        Assert.That(EngineCorpus.Enhance(prompt).Applied.Select(a => a.TechniqueId), Is.SupersetOf(new[] { "style-constraints", "template-variables" }));
        Assert.That(outcome.NotApplied.Single(d => d.TechniqueId == "style-constraints").Reason, Does.StartWith("Left out as your organisation has learned: 0 % success expected").And.EndsWith("Usual here is 50 %."));
        Assert.That(outcome.Applied.Select(a => a.TechniqueId), Has.Member("template-variables").And.No.Member("style-constraints").And.No.AnyOf(Forbidden));
    }

    static OrganizationLearning Named(string world, HashSet<string> allowed) => world switch
    {
        "all on what is forbidden" => Worlds.Where(t => allowed.Contains(t) ? Worlds.Hopeless : Worlds.Certain),
        "nothing helps" => Worlds.Where(_ => Worlds.Hopeless),
        "everything helps" => Worlds.Where(_ => Worlds.Certain),
        _ => Worlds.Random(1),
    };

    static bool IsRequired(PolicyRule rule) => rule.Weight >= LearnedChoice.Required || rule.Repairs || rule.Action is not null;
}
