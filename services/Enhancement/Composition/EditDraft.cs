using System.Globalization;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>Edits in the making. Changes are added in the order in which they stand in the enhanced text.</summary>
internal sealed class EditDraft
{
    readonly List<Pending> edits = [];
    int order;

    /// <summary>An edit that carries out <paramref name="rules"/>.</summary>
    public Pending Edit(params IReadOnlyList<PolicyRule> rules) => Add(new(this, rules, string.Join(' ', rules.Select(r => r.Reason).Distinct())));

    /// <summary>An edit that only frames others.</summary>
    public Pending Frame(string reason) => Add(new(this, [], reason));

    /// <summary>The edits that change something, by place in the enhanced text.</summary>
    public IReadOnlyList<PromptEdit> Finish()
    {
        var real = edits.Where(e => e.Changes.Count > 0).OrderBy(e => e.Changes[0].Order).ToList();
        int own = 0, frames = 0;
        foreach (var edit in real)
            edit.Id = string.Create(CultureInfo.InvariantCulture, $"{(edit.Rules.Count > 0 ? 'e' : 's')}{(edit.Rules.Count > 0 ? ++own : ++frames)}");
        return [.. real.Select(e => new PromptEdit(
            e.Id, e.Rules.Count > 0 ? e.Rules[0].Technique : "", e.Reason, e.Rules.Count == 0, e.Changes, [.. e.Requires.Where(r => r.Changes.Count > 0).Select(r => r.Id)]) { Rules = e.Rules })];
    }

    Pending Add(Pending edit)
    {
        edits.Add(edit);
        return edit;
    }

    /// <summary>One edit in the making.</summary>
    internal sealed class Pending(EditDraft draft, IReadOnlyList<PolicyRule> rules, string reason)
    {
        public string Id { get; set; } = "";

        public IReadOnlyList<PolicyRule> Rules => rules;

        public string Reason => reason;

        public List<TextChange> Changes { get; } = [];

        public List<Pending> Requires { get; } = [];

        /// <summary>Puts <paramref name="text"/> in at <paramref name="at"/>.</summary>
        public Pending Put(int at, string text) => Replace(new(at, at), text);

        /// <summary>Puts <paramref name="text"/> in the place of <paramref name="span"/>.</summary>
        public Pending Replace(TextSpan span, string text)
        {
            if (span.Length > 0 || text.Length > 0)
                Changes.Add(new(span.Start, span.End, text, draft.order++));
            return this;
        }

        /// <summary>Puts a sentence of the language pack in at <paramref name="at"/>, after <paramref name="lead"/>.</summary>
        public Pending Say(int at, string lead, string sentence)
        {
            Changes.Add(new(at, at, lead + sentence, draft.order++) { Said = new(lead.Length, lead.Length + sentence.Length) });
            return this;
        }

        /// <summary>Cannot stand without <paramref name="other"/>.</summary>
        public Pending Needing(params IReadOnlyList<Pending> other)
        {
            Requires.AddRange(other);
            return this;
        }
    }
}
