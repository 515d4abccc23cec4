using System.Collections.Frozen;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Proof;

/// <summary>Every line that the engine may write in one language. Built from the language pack alone; the composer is not asked.</summary>
internal sealed class PackGrammar
{
    static readonly FrozenDictionary<string, PackGrammar> Shipped =
        Lexicons.Written.ToFrozenDictionary(l => l, l => new PackGrammar(LanguagePack.For(l)!, l), StringComparer.Ordinal);

    readonly FrozenDictionary<string, PackLine> lines;
    readonly FrozenDictionary<string, PackLine>.AlternateLookup<ReadOnlySpan<char>> lookup;
    readonly SlotSentence[] slots;
    readonly int longest;

    /// <summary>The grammar of <paramref name="pack"/>; a sentence that speaks clearly another language than <paramref name="language"/> is left out.</summary>
    public PackGrammar(LanguagePack pack, string language)
    {
        var all = new Dictionary<string, PackLine>(StringComparer.Ordinal);
        foreach (var (name, heading) in pack.Headings)
        {
            var tag = name == "format" ? "output_format" : name;
            foreach (var line in (string[])["## " + heading, heading + ":", heading + " :", heading + "："])
                all.TryAdd(line, new(PackRole.Heading, name, false));
            all.TryAdd($"<{tag}>", new(PackRole.Open, tag, false));
            all.TryAdd($"</{tag}>", new(PackRole.Close, tag, false));
        }
        foreach (var fence in (string[])["```", "\"\"\""])
            all.TryAdd(fence, new(PackRole.Fence, fence, false));
        var open = new List<SlotSentence>();
        foreach (var (key, sentence) in pack.Sentences)
        {
            var slotted = SlotSentence.Has(sentence) ? new SlotSentence(key, sentence) : null;
            if (!LanguageWitness.Allows(slotted?.Fixed ?? sentence, language))
                continue;
            if (slotted is not null)
                open.Add(slotted);
            else
                all.TryAdd(sentence, new(PackRole.Sentence, key, false));
        }
        Sentences = pack.Sentences;
        lines = all.ToFrozenDictionary(StringComparer.Ordinal);
        lookup = lines.GetAlternateLookup<ReadOnlySpan<char>>();
        slots = [.. open];
        longest = lines.Keys.Max(l => l.Length);
    }

    /// <summary>The sentences of the pack, by key.</summary>
    public IReadOnlyDictionary<string, string> Sentences { get; }

    /// <summary>The grammar of a language, or null when the engine does not write it.</summary>
    public static PackGrammar? For(string language) => Shipped.GetValueOrDefault(language);

    /// <summary>What <paramref name="line"/> is; slots must hold words of <paramref name="original"/>. White space after it is nobody's.</summary>
    public PackLine Read(ReadOnlySpan<char> line, ReadOnlySpan<char> original)
    {
        line = line.TrimEnd();
        var bullet = line.StartsWith("- ");
        var said = bullet ? line[2..] : line;
        if (said.Length <= longest && lookup.TryGetValue(said, out var known))
            return !bullet || known.Role == PackRole.Sentence ? known with { Bullet = bullet } : default;
        foreach (var slot in slots)
            if (slot.Matches(said, original))
                return new(PackRole.Sentence, slot.Key, bullet);
        return default;
    }
}
