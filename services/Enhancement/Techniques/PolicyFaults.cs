namespace PromptPlatform.Enhancement.Techniques;

/// <summary>One fault of a policy.</summary>
/// <param name="Subject">The rule in words, such as <c>rule code-edge</c>.</param>
/// <param name="Path">Where it stands, in parts joined by slashes.</param>
/// <param name="Text">What is wrong and how to cure it.</param>
internal sealed record PolicyFault(string Subject, string Path, string Text);

/// <summary>Gathers every fault, so that all can be mended at once.</summary>
internal sealed class PolicyFaults
{
    readonly List<PolicyFault> found = [];

    public IReadOnlyList<PolicyFault> Found => found;

    public void Add(string subject, string path, string text) => found.Add(new(subject, path, text));

    /// <summary>One fault for every name that is not among those that exist.</summary>
    public void Unknown(string subject, string path, string what, IReadOnlyList<string> given, IReadOnlyList<string> known)
    {
        for (var i = 0; i < given.Count; i++)
            if (!known.Contains(given[i]))
                Add(subject, $"{path}/{i}", $"{what} {Shorten(given[i])} does not exist; take one of {string.Join(", ", known)}.");
    }

    /// <summary>A name that came from outside, short enough to be repeated.</summary>
    public static string Shorten(string name) => name.Length <= 64 ? name : name[..64] + "…";

    /// <exception cref="InvalidDataException">Names all faults.</exception>
    public void ThrowIfAny()
    {
        if (found.Count > 0)
            throw new InvalidDataException("The policy has faults:\n" + string.Join('\n', found.Select(f => $"{f.Subject}: {f.Text}")));
    }
}
