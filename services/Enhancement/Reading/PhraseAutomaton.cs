namespace PromptPlatform.Enhancement.Reading;

/// <summary>Finds all phrases of a lexicon in one pass over the text (Aho-Corasick), whatever their number.</summary>
/// <remarks>Case is ignored. A phrase that starts or ends with a Latin letter or digit matches whole words only, unless it ends with a star.</remarks>
internal sealed class PhraseAutomaton
{
    readonly Dictionary<int, int> edges = [];
    readonly List<int> fail = [0];
    readonly List<List<Phrase>?> found = [null];
    readonly Dictionary<(int, char), int> building = [];

    PhraseAutomaton() { }

    readonly record struct Phrase(int Category, int Length, bool Prefix, int Weight);

    /// <summary>An automaton over (phrase, category) pairs; a trailing * matches beginnings of words, a trailing ! counts double.</summary>
    public static PhraseAutomaton Build(IEnumerable<(string Phrase, int Category)> phrases)
    {
        var automaton = new PhraseAutomaton();
        foreach (var (phrase, category) in phrases)
            automaton.Add(phrase, category);
        automaton.Link();
        return automaton;
    }

    void Add(string source, int category)
    {
        var weight = source.EndsWith('!') ? 2 : 1;
        var text = source.TrimEnd('!');
        var prefix = text.EndsWith('*');
        text = text.TrimEnd('*');
        var node = 0;
        foreach (var c in text)
        {
            var key = (node, char.ToLowerInvariant(c));
            if (!building.TryGetValue(key, out var next))
            {
                next = fail.Count;
                fail.Add(0);
                found.Add(null);
                building[key] = next;
            }
            node = next;
        }
        (found[node] ??= []).Add(new(category, text.Length, prefix, weight));
    }

    // Nodes are numbered in the order of insertion; breadth first makes every shorter suffix ready before it is needed.
    void Link()
    {
        foreach (var ((node, c), next) in building)
            edges[node << 16 | c] = next;
        var level = building.Where(e => e.Key.Item1 == 0).Select(e => e.Value).ToList();
        var children = building.ToLookup(e => e.Key.Item1, e => (Char: e.Key.Item2, Node: e.Value));
        while (level.Count > 0)
        {
            var deeper = new List<int>();
            foreach (var node in level)
                foreach (var (c, child) in children[node])
                {
                    fail[child] = Step(fail[node], c);
                    if (found[fail[child]] is { } inherited)
                        (found[child] ??= []).AddRange(inherited);
                    deeper.Add(child);
                }
            level = deeper;
        }
        building.Clear();
    }

    int Step(int node, char c)
    {
        while (true)
        {
            if (edges.TryGetValue(node << 16 | c, out var next))
                return next;
            if (node == 0)
                return 0;
            node = fail[node];
        }
    }

    /// <summary>Calls <paramref name="hit"/> with category, span and weight for every phrase in <paramref name="text"/>.</summary>
    public void Scan(string text, Action<int, TextSpan, int> hit)
    {
        var node = 0;
        for (var i = 0; i < text.Length; i++)
        {
            node = Step(node, Fold(text[i]));
            if (found[node] is not { } phrases)
                continue;
            foreach (var phrase in phrases)
            {
                var start = i + 1 - phrase.Length;
                if (IsWordStart(text, start) && (phrase.Prefix || IsWordEnd(text, i)))
                    hit(phrase.Category, new(start, phrase.Prefix ? WordEnd(text, i) : i + 1), phrase.Weight);
            }
        }
    }

    // A typographic apostrophe is the plain one.
    static char Fold(char c) => c == '\u2019' ? '\'' : char.ToLowerInvariant(c);

    static bool IsWordStart(string text, int start) =>
        start == 0 || !IsWordLetter(text[start]) || !IsWordLetter(text[start - 1]);

    static int WordEnd(string text, int last)
    {
        var end = last + 1;
        while (end < text.Length && IsWordLetter(text[last]) && IsWordLetter(text[end]))
            end++;
        return end;
    }

    static bool IsWordEnd(string text, int last) =>
        last + 1 == text.Length || !IsWordLetter(text[last]) || !IsWordLetter(text[last + 1]);

    // Chinese and Japanese write no spaces: their characters bound no word.
    static bool IsWordLetter(char c) => char.IsLetterOrDigit(c) && c is < '\u2E80' or '_';
}
