using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Storage;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Policies;

/// <summary>The policy in force for an organisation.</summary>
/// <param name="Engine">Chooses by it.</param>
/// <param name="Row">The change that made it; null when nothing was ever changed.</param>
/// <param name="Ignored">Parts of the overlay that no longer fit the product's policy.</param>
internal sealed record OrganizationPolicy(PromptEnhancer Engine, OverlayRow? Row, IReadOnlyList<PolicyFault> Ignored)
{
    /// <summary>Whether the overlay could not be read (again): this is the last one known, or the product's policy.</summary>
    public bool IsStale { get; init; }

    /// <summary>0 when nothing was ever changed.</summary>
    public int Revision => Row?.Revision ?? 0;

    /// <summary>What <paramref name="row"/> makes of the product's policy.</summary>
    public static OrganizationPolicy Of(PromptEnhancer product, OverlayRow? row)
    {
        if (row?.Overlay is not { } overlay)
            return new(product, row, []);
        var overlaid = OverlaidPolicy.Of(product.Policy, OverlayMapping.Read(OverlayMapping.FromJson(overlay)));
        return new(new PromptEnhancer(overlaid.Policy), row, overlaid.Faults);
    }
}
