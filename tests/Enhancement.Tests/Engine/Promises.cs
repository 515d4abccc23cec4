using System.Collections.Concurrent;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Proof;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>What the engine promises of every output, tried and counted. Thread-safe.</summary>
/// <param name="scores">Whether scores are tried, too: on noise a blank that is put in may cost a point, since it is the second kind of placeholder.</param>
internal sealed class Promises(bool scores)
{
    const int MostExamples = 5;

    /// <summary>The five families.</summary>
    public static readonly TargetModel[] Families = [.. Enum.GetValues<ModelFamily>().Select(f => new TargetModel(null, f, false))];

    public static readonly PromptStyle[] Styles = Enum.GetValues<PromptStyle>();

    readonly ConcurrentDictionary<string, int> kept = [];
    readonly ConcurrentDictionary<string, int> broken = [];
    readonly ConcurrentDictionary<string, int> refusals = [];
    readonly ConcurrentQueue<string> examples = [];
    int outputs;
    int changed;
    int fellBack;

    public int Outputs => outputs;

    public int Violations => broken.Values.Sum();

    /// <summary>Enhances and tries every promise.</summary>
    public EnhancementOutcome? Try(PromptInput input, Classification classification)
    {
        Interlocked.Increment(ref outputs);
        try
        {
            var outcome = EngineCorpus.Enhance(input, classification);
            Try(input, classification, outcome);
            return outcome;
        }
        catch (Exception error) when (error is not AssertionException)
        {
            Count("no exception", false, input, error.GetType().Name);
            return null;
        }
    }

    void Try(PromptInput input, Classification classification, EnhancementOutcome outcome)
    {
        Count("no exception", true, input, "");
        if (outcome.Enhanced != outcome.Original)
            Interlocked.Increment(ref changed);
        if (outcome.FellBack)
            Interlocked.Increment(ref fellBack);
        foreach (var refusal in outcome.Refusals)
            refusals.AddOrUpdate(refusal, 1, (_, n) => n + 1);

        var language = outcome.Analysis.Language;
        var verdict = OutputProof.Check(outcome.Original, outcome.Enhanced, language, input.Locked);
        Count("proof", verdict.Refusal is null && outcome.Original == input.Prompt, input, verdict.Refusal ?? "");
        Count("report", verdict.Report == outcome.Invariants, input, "");
        Count("variations proven", outcome.Variations.All(v => OutputProof.Check(outcome.Original, v.Text, language, input.Locked).Refusal is null), input, "");
        Count("reject all restores", string.Concat(outcome.Diff.Where(d => d.Op != "insert").Select(d => d.Text)) == input.Prompt, input, "");
        Count("accept all gives the enhanced text", string.Concat(outcome.Diff.Where(d => d.Op != "delete").Select(d => d.Text)) == outcome.Enhanced, input, "");
        Count("no half of a surrogate pair", outcome.Diff.Zip(outcome.Diff.Skip(1)).All(p => !(char.IsHighSurrogate(p.First.Text[^1]) && char.IsLowSurrogate(p.Second.Text[0])) || p.First.Op != p.Second.Op), input, "");
        var again = EngineCorpus.Enhance(input with { Prompt = outcome.Enhanced, Locked = [.. input.Locked.Select(l => Moved(l, outcome))], Variations = 0 }, classification);
        Count("idempotent", again.Enhanced == outcome.Enhanced, input, string.Join(',', outcome.Applied.Select(a => a.TechniqueId)) + " then " + string.Join(',', again.Applied.Select(a => a.TechniqueId)));
        var same = EngineCorpus.Enhance(input, classification);
        Count("deterministic", same.Enhanced == outcome.Enhanced && same.Variations.Select(v => v.Text).SequenceEqual(outcome.Variations.Select(v => v.Text)), input, "");
        TryEdits(input, outcome);
        if (scores)
            Count("scores do not fall", outcome.Scores.Dimensions.All(d => d.After >= d.Before), input, string.Join(", ", outcome.Scores.Dimensions.Where(d => d.After < d.Before).Select(d => $"{d.Name} {d.Before} to {d.After}")));
    }

    // Nobody has to take an enhancement as a whole: what comes of a part of it keeps the same promise.
    void TryEdits(PromptInput input, EnhancementOutcome outcome)
    {
        var edits = new EditSet(outcome.Original, outcome.Edits);
        var ids = edits.Ids.ToList();
        var choices = ids.SelectMany(id => (List<string>[])[[id], [.. ids.Where(i => i != id)]]).Where(c => edits.Check(c, []) is null);
        var refusal = choices.Select(c => OutputProof.Check(outcome.Original, edits.Apply(c, []).Text, outcome.Analysis.Language, input.Locked).Refusal).FirstOrDefault(r => r is not null);
        Count("no edit gives the original", edits.Apply([], []).Text == input.Prompt, input, "");
        Count("all edits give the enhanced text", edits.ApplyAll().Text == outcome.Enhanced, input, "");
        Count("one edit, and all but one, are proven", refusal is null, input, refusal ?? "");
    }

    // Where a locked range stands in the enhanced text.
    static TextSpan Moved(TextSpan locked, EnhancementOutcome outcome)
    {
        var at = outcome.Enhanced.StartsWith(outcome.Original[..locked.End], StringComparison.Ordinal) ? locked.Start : outcome.Enhanced.IndexOf(locked.Of(outcome.Original), StringComparison.Ordinal);
        return new(at, at + locked.Length);
    }

    void Count(string promise, bool holds, PromptInput input, string detail)
    {
        (holds ? kept : broken).AddOrUpdate(promise, 1, (_, n) => n + 1);
        if (!holds && broken[promise] <= MostExamples)
            examples.Enqueue($"{promise} ({detail}) {input.Target.Family} {input.Style}: {Shown(input.Prompt)}");
    }

    static string Shown(string prompt) => prompt.Length <= 400 ? prompt : $"{prompt[..400]}… ({prompt.Length})";

    /// <summary>A line for each promise, and last the sum.</summary>
    public void Print(TextWriter output)
    {
        foreach (var promise in kept.Keys.Union(broken.Keys).Order(StringComparer.Ordinal))
            output.WriteLine($"{promise}: {kept.GetValueOrDefault(promise)} kept, {broken.GetValueOrDefault(promise)} broken");
        output.WriteLine($"{changed} changed, {fellBack} fell back to the prompt; refused by the checker and not returned: {(refusals.IsEmpty ? "none" : string.Join(", ", refusals.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key} {r.Value}")))}");
        foreach (var example in examples)
            output.WriteLine("  " + example.ReplaceLineEndings("⏎"));
        output.WriteLine($"{outputs} outputs, {Violations} violations");
    }
}
