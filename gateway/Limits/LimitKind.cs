namespace PromptPlatform.Gateway.Limits;

/// <summary>Whom a bucket belongs to.</summary>
/// <param name="Label">In metrics.</param>
/// <param name="Whose">In the answer to its owner.</param>
internal sealed record LimitKind(string Label, string Whose)
{
    public static readonly LimitKind Organization = new("organization", "the organisation");

    public static readonly LimitKind Key = new("key", "the API key");

    public static readonly LimitKind Address = new("address", "this network address without a known API key");
}
