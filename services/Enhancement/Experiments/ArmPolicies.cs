using System.Collections.Concurrent;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Policies;
using PromptPlatform.Enhancement.Techniques;

namespace PromptPlatform.Enhancement.Experiments;

/// <summary>The engines of arms: the organisation's policy with the arms' overlays laid over it, under the same rules as any overlay, so that no arm leaves what the evidence allows.</summary>
internal sealed class ArmPolicies(PromptEnhancer product)
{
    private const int MaxKept = 2_000;
    private readonly ConcurrentDictionary<(string Policy, string Arms), PromptEnhancer> _kept = new();

    /// <summary>The engine for an enhancement; the organisation's own where no arm changes anything.</summary>
    public PromptEnhancer Of(OrganizationPolicy policy, IReadOnlyList<AssignedArm> arms)
    {
        if (arms.All(a => a.Overlay.IsEmpty))
            return policy.Engine;
        var key = (policy.Engine.PolicyVersion, string.Join(' ', arms.Select(a => $"{a.ExperimentId}/{a.Revision}/{a.Arm}")));
        if (_kept.TryGetValue(key, out var kept))
            return kept;
        // Seldom reached; then what is in use is made again.
        if (_kept.Count >= MaxKept)
            _kept.Clear();
        return _kept.GetOrAdd(key, Make(policy, arms));
    }

    private PromptEnhancer Make(OrganizationPolicy policy, IReadOnlyList<AssignedArm> arms)
    {
        var overlay = policy.Row?.Overlay is { } own ? OverlayMapping.Read(OverlayMapping.FromJson(own)) : new PolicyOverlay();
        foreach (var arm in arms)
            overlay = arm.Overlay.Over(overlay);
        return new(OverlaidPolicy.Of(product.Policy, overlay).Policy);
    }
}
