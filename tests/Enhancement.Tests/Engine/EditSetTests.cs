using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Linting;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Tests.Engine;

/// <summary>The rule by which edits and fixes are applied, on sets made by hand.</summary>
public sealed class EditSetTests
{
    const string Original = "Sort the the list.";

    static readonly EditSet Set = new(Original,
    [
        new("s1", "", "heading", true, [new(18, 18, "\n\nRules:", 2)], []),
        new("e1", "a", "first", false, [new(18, 18, "\n- one", 3)], ["s1"]),
        new("e2", "b", "second", false, [new(0, 0, "Now: ", 0), new(18, 18, "\n- two", 4)], ["s1"]),
        new("e3", "c", "third", false, [new(14, 17, "set", 1)], ["e1"]),
    ]);

    static LintFix Fix(string id, int start, int end, string replacement) => new(id, new LintEdit(new(start, end), replacement));

    [TestCase("", Original)]
    [TestCase("e1", "Sort the the list.\n\nRules:\n- one")]
    [TestCase("e2", "Now: Sort the the list.\n\nRules:\n- two")]
    [TestCase("e2 e1", "Now: Sort the the list.\n\nRules:\n- one\n- two")]
    [TestCase("s1 e1", "Sort the the list.\n\nRules:\n- one")]
    public void Apply_Subset_PutsInsertionsInOrder(string accept, string expected) =>
        Assert.That(Set.Apply(Ids(accept), []).Text, Is.EqualTo(expected));

    [TestCase("e9", "is no edit of this enhancement; it has e1, e2, e3")]
    [TestCase("s1", "s1 is a structural edit and comes with those that require it; leave it out, or accept one of e1, e2")]
    [TestCase("e2 e3", "e3 requires e1; accept e1 too, or leave e3 out")]
    public void Check_WhatCannotBeAccepted_SaysHowToCureIt(string accept, string problem)
    {
        Assert.That(Set.Check(Ids(accept), [])?.Problem, Is.EqualTo(problem));
        Assert.That(() => Set.Apply(Ids(accept), []), Throws.ArgumentException.With.Message.Contains(problem));
    }

    [Test]
    public void Apply_FixAtTheEnd_StandsBeforeWhatEditsAdd() =>
        Assert.That(Set.Apply(["e1"], [Fix("l1", 18, 18, " Please")]).Text, Is.EqualTo("Sort the the list. Please\n\nRules:\n- one"));

    [Test]
    public void Check_FixOfWordsThatAnEditReplaces_NamesBoth()
    {
        var fix = Fix("l2", 12, 16, "");

        Assert.That(Set.Check(["e1"], [fix]), Is.Null);
        Assert.That(Set.Check(["e1", "e3"], [fix]), Is.EqualTo(new EditFault("fixes", 0, "l2 changes words that e3 replaces; accept one of them")));
    }

    [Test]
    public void Check_FixesOfTheSameWords_NamesBoth() =>
        Assert.That(Set.Check([], [Fix("l1", 8, 12, ""), Fix("l2", 9, 10, "T")]), Is.EqualTo(new EditFault("fixes", 1, "l2 and l1 change the same words; accept one of them")));

    [Test]
    public void Diff_OfAChangeInsideAWord_ShowsTheWholeWord()
    {
        var parts = new EditSet("The pass\u200Bword is lost", []).Apply([], [Fix("l1", 8, 9, "")]).Diff;

        Assert.That(parts, Is.EqualTo(new[] { new DiffPart("keep", "The "), new("delete", "pass\u200Bword", "l1"), new("insert", "password", "l1"), new("keep", " is lost") }));
    }

    [Test]
    public void Diff_OfTwoChangesOfOneWord_ShowsTheWordOnce()
    {
        var parts = new EditSet("an abcdef", []).Apply([], [Fix("l1", 4, 5, "B"), Fix("l2", 7, 8, "E")]).Diff;

        Assert.That(parts, Is.EqualTo(new[] { new DiffPart("keep", "an "), new("delete", "abcdef", "l1"), new("insert", "aBcdEf", "l1") }));
    }

    static string[] Ids(string ids) => ids.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
