using PromptPlatform.Enhancement.Linting;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Composition;

/// <summary>One change of the original.</summary>
/// <param name="Start">First UTF-16 unit that is replaced, from 0.</param>
/// <param name="End">First unit after it; equal to <paramref name="Start"/> where something is put in.</param>
/// <param name="Replacement">What takes its place; empty where something is taken out.</param>
/// <param name="Order">Rank among all changes of an enhancement, unique: of several changes at one place the lower stands first.</param>
public sealed record TextChange(int Start, int End, string Replacement, int Order)
{
    /// <summary>Where in the replacement a sentence of the engine stands.</summary>
    internal TextSpan? Said { get; init; }
}

/// <summary>A part of an enhancement that can be accepted or left out.</summary>
/// <param name="Id">e1, e2, … by place in the enhanced text; s1, s2, … when it is structural.</param>
/// <param name="TechniqueId">Id in the catalogue; empty when it is structural.</param>
/// <param name="Reason">Why it was made, in words for the user.</param>
/// <param name="Structural">Whether it is only a frame for others (a heading, the white space before what is added): nobody accepts it, it is applied exactly when something that requires it is.</param>
/// <param name="Changes">By <see cref="TextChange.Order"/>; no two changes of an enhancement overlap.</param>
/// <param name="Requires">Ids of what this one cannot stand without.</param>
public sealed record PromptEdit(
    string Id, string TechniqueId, string Reason, bool Structural, IReadOnlyList<TextChange> Changes, IReadOnlyList<string> Requires)
{
    /// <summary>The rules that it carries out.</summary>
    internal IReadOnlyList<PolicyRule> Rules { get; init; } = [];
}

/// <summary>The fix of a lint finding that is accepted beside edits.</summary>
/// <param name="Id">Of the finding: l1, l2, … in the order of the findings.</param>
/// <param name="Edit">Its change of the original.</param>
public sealed record LintFix(string Id, LintEdit Edit)
{
    /// <summary>The id of the finding at <paramref name="index"/>, from 0.</summary>
    public static string IdOf(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"l{index + 1}");
}
