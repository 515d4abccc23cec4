using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Linting;
using PromptPlatform.Enhancement.Proof;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>What holds for every choice among the edits of an enhancement.</summary>
public sealed class EditTests
{
    const int AllSubsetsUpTo = 6;
    const int RandomSubsets = 64;

    static EditSet SetOf(EnhancementOutcome outcome) => new(outcome.Original, outcome.Edits);

    static IEnumerable<List<string>> Subsets(EnhancementOutcome outcome, Random random)
    {
        var ids = SetOf(outcome).Ids.ToList();
        var all = ids.Count <= AllSubsetsUpTo ? Enumerable.Range(0, 1 << ids.Count) : Enumerable.Range(0, RandomSubsets).Select(_ => random.Next(1 << ids.Count));
        return all.Select(bits => ids.Where((_, i) => (bits >> i & 1) == 1).ToList()).Where(s => SetOf(outcome).Check(s, []) is null);
    }

    [Test]
    public void Apply_AllOrNone_GivesTheEnhancedTextOrTheOriginal() => Assert.Multiple(() =>
    {
        foreach (var (name, _, _, _, outcome) in VariedCorpus.All)
        {
            Assert.That(SetOf(outcome).ApplyAll().Text, Is.EqualTo(outcome.Enhanced), name);
            Assert.That(SetOf(outcome).Apply([], []).Text, Is.EqualTo(outcome.Original), name);
            Assert.That(SetOf(outcome).Apply([], []).Edits, Is.Empty, name);
        }
    });

    [Test]
    public void Apply_AnySubset_IsProvenHarmless()
    {
        var random = new Random(20261121);
        var count = 0;
        foreach (var (name, _, input, reading, outcome) in VariedCorpus.All.Where(e => e.Outcome.Edits.Count > 0))
            foreach (var subset in Subsets(outcome, random))
            {
                count++;
                var applied = SetOf(outcome).Apply(subset, []);
                Assert.That(OutputProof.Check(outcome.Original, applied.Text, reading.Language, input.Locked).Refusal, Is.Null, $"{name} {string.Join(' ', subset)}");
                if (!outcome.Original.Contains("\n\n\n", StringComparison.Ordinal))
                    Assert.That(applied.Text, Does.Not.Contain("\n\n\n"), name);
            }
        Assert.That(count, Is.GreaterThan(5000));
    }

    [Test]
    public void Apply_AnySubset_ShowsItsDiffInWholeWords()
    {
        var random = new Random(20261122);
        foreach (var (name, _, _, _, outcome) in VariedCorpus.All.Where(e => e.Outcome.Edits.Count > 0))
            foreach (var subset in Subsets(outcome, random))
            {
                var applied = SetOf(outcome).Apply(subset, []);
                Assert.That(Joined(applied, "insert"), Is.EqualTo(outcome.Original), name);
                Assert.That(Joined(applied, "delete"), Is.EqualTo(applied.Text), name);
                Assert.That(applied.Diff.Where(d => d.Op != "keep").Select(d => d.Edit).Except(applied.Edits), Is.Empty, name);
                Assert.That(applied.Diff.Where(d => d.Op == "keep").Select(d => d.Edit), Is.All.Null, name);
            }
    }

    [Test]
    public void Apply_FrameWithoutItsLines_IsNever() => Assert.Multiple(() =>
    {
        foreach (var (name, _, _, _, outcome) in VariedCorpus.All)
            foreach (var edit in outcome.Edits.Where(e => !e.Structural))
            {
                if (SetOf(outcome).Check([edit.Id], []) is not null)
                    continue;
                var applied = SetOf(outcome).Apply([edit.Id], []);
                Assert.That(applied.Edits.Except([edit.Id]), Is.EquivalentTo(edit.Requires), name);
                Assert.That(SetOf(outcome).Apply([edit.Id, .. edit.Requires], []).Text, Is.EqualTo(applied.Text), name);
            }
    });

    [Test]
    public void Edits_OfAnEnhancement_DoNotOverlapAndTellTheirReason() => Assert.Multiple(() =>
    {
        foreach (var (name, _, _, _, outcome) in VariedCorpus.All)
        {
            var changes = outcome.Edits.SelectMany(e => e.Changes).OrderBy(c => c.Start).ThenBy(c => c.Order).ToList();
            Assert.That(changes.Select(c => c.Order), Is.Unique, name);
            Assert.That(changes.Zip(changes.Skip(1)), Is.All.Matches<(TextChange First, TextChange Second)>(p => p.First.End <= p.Second.Start), name);
            Assert.That(outcome.Edits.Select(e => e.Reason), Is.All.Not.Empty, name);
            Assert.That(outcome.Edits.Where(e => e.Structural), Is.All.Matches<PromptEdit>(s => outcome.Edits.Any(e => !e.Structural && e.Requires.Contains(s.Id))), name);
            Assert.That(outcome.Edits.Where(e => !e.Structural).Select(e => e.TechniqueId).Except(outcome.Applied.Select(a => a.TechniqueId)), Is.Empty, name);
        }
    });

    [Test]
    public void Apply_FixBesideAllEdits_IsTheFixedTextWithTheEdits()
    {
        var count = 0;
        foreach (var prompt in EngineCorpus.Prompts)
        {
            var input = prompt.Input with { Prompt = Flawed(prompt.Text) };
            var outcome = EngineCorpus.Enhance(input, prompt.Classification);
            var set = SetOf(outcome);
            foreach (var fix in Fixes(EngineCorpus.Enhancer.Read(input)).Where(f => set.Check([.. set.Ids], [f]) is null))
            {
                count++;
                var both = set.Apply([.. set.Ids], [fix]);
                Assert.That(both.Text.Length - outcome.Enhanced.Length, Is.EqualTo(fix.Edit.Replacement.Length - fix.Edit.Span.Length), prompt.Id);
                Assert.That(set.Apply([], [fix]).Text, Is.EqualTo(fix.Edit.ApplyTo(outcome.Original)), prompt.Id);
                Assert.That(Joined(both, "insert"), Is.EqualTo(outcome.Original), prompt.Id);
                Assert.That(Joined(both, "delete"), Is.EqualTo(both.Text), prompt.Id);
            }
        }
        Assert.That(count, Is.GreaterThan(100));
    }

    // A hidden character in the first word, a doubled word, and more marks than needed.
    static string Flawed(string text) => text.Insert(Math.Min(2, text.Length), "\u200B").Replace(" the ", " the the ", StringComparison.Ordinal) + "!!";

    static IEnumerable<LintFix> Fixes(PromptReading reading) =>
        reading.Lint.Select((f, i) => (f.Edit, Id: LintFix.IdOf(i))).Where(f => f.Edit is not null).Select(f => new LintFix(f.Id, f.Edit!));

    static string Joined(AppliedEdits applied, string without) => string.Concat(applied.Diff.Where(d => d.Op != without).Select(d => d.Text));
}
