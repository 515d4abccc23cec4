using System.Runtime.CompilerServices;

namespace PromptPlatform.Enhancement.Reading;

/// <summary>What the policy can ask about a prompt, one bit each; a value is a set of them, and the names are those of the policy file.</summary>
internal readonly record struct Feature
{
    const int MaxFeatures = 128;

    // Stands before the features: they are numbered in the order in which they are written.
    static readonly List<string> Names = [];

    readonly UInt128 bits;

    Feature(UInt128 bits) => this.bits = bits;

    public static readonly Feature None;
    public static readonly Feature Greeting = Next();
    public static readonly Feature PlainQuestion = Next();
    public static readonly Feature Expert = Next();
    public static readonly Feature HasRole = Next();
    public static readonly Feature HasConstraints = Next();
    public static readonly Feature ManyConstraints = Next();
    public static readonly Feature HasExamples = Next();
    public static readonly Feature HasMaterial = Next();
    public static readonly Feature LongMaterial = Next();
    public static readonly Feature LooseMaterial = Next();
    public static readonly Feature CodeMaterial = Next();
    public static readonly Feature Untrusted = Next();
    public static readonly Feature Injection = Next();
    public static readonly Feature HasFormat = Next();
    public static readonly Feature HasDataFormat = Next();
    public static readonly Feature HasLength = Next();
    public static readonly Feature HasAudience = Next();
    public static readonly Feature HasTone = Next();
    public static readonly Feature HasSteps = Next();
    public static readonly Feature Question = Next();
    public static readonly Feature MultipleTasks = Next();
    public static readonly Feature HasNumber = Next();
    public static readonly Feature Math = Next();
    public static readonly Feature Logic = Next();
    public static readonly Feature Proof = Next();
    public static readonly Feature Contradiction = Next();
    public static readonly Feature MissingText = Next();
    public static readonly Feature MissingCode = Next();
    public static readonly Feature MixedLanguage = Next();
    public static readonly Feature WantsJson = Next();
    public static readonly Feature Query = Next();
    public static readonly Feature HasCodeLanguage = Next();
    public static readonly Feature HasError = Next();
    public static readonly Feature WantsTests = Next();
    public static readonly Feature HasTargetLanguage = Next();
    public static readonly Feature HasLabels = Next();
    public static readonly Feature Comparison = Next();
    public static readonly Feature HowTo = Next();
    public static readonly Feature Email = Next();
    public static readonly Feature LongForm = Next();
    public static readonly Feature HasDeadline = Next();
    public static readonly Feature HasMoney = Next();
    public static readonly Feature Long = Next();
    public static readonly Feature Short = Next();
    public static readonly Feature MaterialBelow = Next();
    public static readonly Feature LeadFirst = Next();
    public static readonly Feature HasUrl = Next();
    public static readonly Feature HasVersion = Next();
    public static readonly Feature Conversation = Next();
    public static readonly Feature HasContext = Next();
    public static readonly Feature HasCode = Next();
    public static readonly Feature NoTask = Next();
    public static readonly Feature ShortMaterial = Next();
    public static readonly Feature Brief = Next();
    public static readonly Feature Review = Next();
    public static readonly Feature AsksExamples = Next();
    public static readonly Feature Tiny = Next();
    public static readonly Feature AsksPlan = Next();
    public static readonly Feature SingleItem = Next();
    public static readonly Feature Scale = Next();
    public static readonly Feature People = Next();
    public static readonly Feature HasExpected = Next();
    public static readonly Feature TextGiven = Next();
    public static readonly Feature Complete = Next();
    public static readonly Feature HasCount = Next();
    public static readonly Feature WantsSeveral = Next();
    public static readonly Feature SaysUnsure = Next();
    public static readonly Feature Judges = Next();
    public static readonly Feature HasMeasure = Next();
    public static readonly Feature Costly = Next();
    public static readonly Feature Personal = Next();
    public static readonly Feature SaysSame = Next();
    public static readonly Feature AnswerOnly = Next();
    public static readonly Feature OpenExamples = Next();
    public static readonly Feature RunOn = Next();
    public static readonly Feature AwaitsText = Next();
    public static readonly Feature FewFacts = Next();
    public static readonly Feature HasForm = Next();
    public static readonly Feature Closed = Next();
    public static readonly Feature MixedTasks = Next();
    public static readonly Feature ManyParts = Next();
    public static readonly Feature AsksConcept = Next();
    public static readonly Feature NamesLanguage = Next();

    public static Feature operator |(Feature one, Feature other) => new(one.bits | other.bits);

    public static Feature operator &(Feature one, Feature other) => new(one.bits & other.bits);

    public static Feature operator ~(Feature one) => new(~one.bits);

    /// <summary>Whether at least one of <paramref name="any"/> is in the set.</summary>
    public bool HasAny(Feature any) => (bits & any.bits) != 0;

    /// <summary>Whether all of <paramref name="all"/> are in the set.</summary>
    public bool HasAll(Feature all) => (bits & all.bits) == all.bits;

    /// <summary>The feature called <paramref name="name"/>, or null.</summary>
    public static Feature? Find(string name) => Names.IndexOf(name) is >= 0 and var at ? new(UInt128.One << at) : null;

    /// <summary>The names, separated by commas.</summary>
    public override string ToString()
    {
        var set = this;
        return string.Join(", ", Names.Where((_, at) => (set.bits & UInt128.One << at) != 0));
    }

    static Feature Next([CallerMemberName] string name = "")
    {
        Names.Add(name);
        return Names.Count <= MaxFeatures ? new(UInt128.One << Names.Count - 1) : throw new InvalidOperationException($"There are more than {MaxFeatures} features.");
    }
}
