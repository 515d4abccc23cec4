using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Storage;
using PromptPlatform.Enhancement.Techniques;
using ConditionMessage = PromptPlatform.Contracts.Enhancement.V1.PolicyCondition;
using RuleMessage = PromptPlatform.Contracts.Enhancement.V1.PolicyRule;

namespace PromptPlatform.Enhancement.Policies;

/// <summary>A policy as the public answer.</summary>
internal static class PolicyMapping
{
    public static Policy ToPolicy(OrganizationPolicy policy, TechniquePolicy product, IReadOnlyList<OverlayRow> history)
    {
        var (inForce, overlay) = (policy.Engine.Policy, policy.Row?.Overlay);
        var message = new Policy { Version = inForce.Version, BaseVersion = product.Version };
        if (overlay is not null)
            message.Overlay = OverlayMapping.FromJson(overlay);
        message.Ignored.AddRange(policy.Ignored.Select(ToProblem));
        message.Limits.Add(inForce.File.Limits.ToDictionary());
        message.Budgets.Add(inForce.File.Budgets.ToDictionary());
        message.Rules.AddRange(inForce.File.Rules.Select((rule, i) => ToRule(rule, i < product.File.Rules.Count)));
        message.Techniques.AddRange(inForce.File.Techniques.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => ToTechnique(t.Key, t.Value, inForce)));
        message.History.AddRange(history.Select(ToRevision));
        return message;
    }

    public static FieldProblem ToProblem(PolicyFault fault) => new() { Pointer = fault.Path, Detail = fault.Text };

    private static RuleMessage ToRule(Techniques.PolicyRule rule, bool ofProduct)
    {
        var message = new RuleMessage
        {
            Id = rule.Id,
            Technique = rule.Technique,
            Weight = rule.Weight,
            Origin = ofProduct ? "product" : "organization",
            Action = rule.Action ?? "",
            Section = rule.Section ?? "",
            Reason = rule.Reason,
            Repairs = rule.Repairs,
            Condition = ToCondition(rule),
        };
        message.Sentences.AddRange(rule.Sentences);
        foreach (var language in Lexicons.Written)
            message.Tokens.Add(language, rule.TokensIn(language));
        return message;
    }

    private static ConditionMessage ToCondition(Techniques.PolicyCondition condition)
    {
        var message = new ConditionMessage();
        message.Intents.AddRange(condition.Intents);
        message.Domains.AddRange(condition.Domains);
        message.Complexity.AddRange(condition.Complexity);
        message.Languages.AddRange(condition.Languages);
        message.Has.AddRange(condition.Has);
        message.Lacks.AddRange(condition.Lacks);
        message.Families.AddRange(condition.Families);
        message.Styles.AddRange(condition.Styles);
        message.Goals.AddRange(condition.Goals);
        message.NotGoals.AddRange(condition.NotGoals);
        if (condition.Reasoning is { } reasoning)
            message.Reasoning = reasoning;
        return message;
    }

    private static PolicyTechnique ToTechnique(string id, TechniqueFacts facts, TechniquePolicy policy)
    {
        var use = facts.Lint.Count > 0 ? "linted" : facts.Declined is not null ? "declined" : facts.Needs.Count > 0 ? "advice" : policy.Off.Contains(id) ? "off" : "applied";
        var message = new PolicyTechnique { Id = id, Use = use, Evidence = facts.Evidence, Declined = facts.Declined ?? "" };
        message.Conflicts.AddRange(facts.Conflicts);
        message.Requires.AddRange(facts.Requires);
        message.Lint.AddRange(facts.Lint);
        message.Needs.AddRange(facts.Needs);
        if (facts.Within is { } within)
            message.Within = ToCondition(within);
        return message;
    }

    private static PolicyRevision ToRevision(OverlayRow row)
    {
        var message = new PolicyRevision { Revision = row.Revision, Version = row.PolicyVersion, Author = row.Author, CreatedAt = Timestamp.FromDateTimeOffset(row.CreatedAt) };
        if (row.Overlay is not null)
            message.Overlay = OverlayMapping.FromJson(row.Overlay);
        return message;
    }
}
