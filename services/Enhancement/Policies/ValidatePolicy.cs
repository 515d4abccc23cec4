using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Classifying;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.Enhancement.Requests;
using PromptPlatform.Enhancement.Techniques;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using ModelAnswer = PromptPlatform.Contracts.Inference.V1.AnalyzeResponse;

namespace PromptPlatform.Enhancement.Policies;

/// <summary>Tries an overlay on prompts: nothing is written and no unit is billed.</summary>
internal sealed class ValidatePolicy(PromptEnhancer product, OrganizationPolicies policies, PromptClassifier classifier, TechniqueFeed techniques)
{
    private const int MaxPrompts = 20;

    /// <summary>Answers POST /v1/policy:validate. A faulty overlay is an answer, a faulty prompt an error.</summary>
    public async Task<ValidatePolicyResponse> HandleAsync(ValidatePolicyRequest request, ServerCallContext call)
    {
        if (request.Prompts.Count > MaxPrompts)
            throw RequestException.TooLarge("prompts", $"has {request.Prompts.Count} entries; the limit is {MaxPrompts}");
        var catalog = techniques.Current;
        var inputs = request.Prompts.Select((p, i) => Read(p, i, catalog)).ToList();
        var overlaid = OverlaidPolicy.Of(product.Policy, OverlayMapping.Read(request.Overlay ?? new()));
        var response = new ValidatePolicyResponse { Valid = overlaid.Faults.Count == 0 };
        response.Errors.AddRange(overlaid.Faults.Take(PutPolicyOverlay.MaxFaults).Select(PolicyMapping.ToProblem));
        if (!response.Valid)
            return response;
        response.Version = overlaid.Policy.Version;
        var present = (await policies.FindAsync(call.Caller().OrgId, call.CancellationToken)).Engine;
        var tried = new PromptEnhancer(overlaid.Policy);
        var asked = inputs.Select(i => classifier.BeginAsync(i.Prompt, attributions: false, call.CancellationToken)).ToList();
        for (int i = 0; i < inputs.Count; i++)
            response.Results.Add(await TryAsync(i, inputs[i], asked[i], present, tried, catalog));
        return response;
    }

    private async Task<TrialResult> TryAsync(int index, PromptInput input, Task<ModelAnswer?> asked, PromptEnhancer present, PromptEnhancer tried, TechniqueCatalog catalog)
    {
        var reading = present.Read(input);
        var (classification, _) = await classifier.FinishAsync(asked, reading);
        var before = present.Enhance(input, reading, classification, catalog);
        var after = tried.Enhance(input, reading, classification, catalog);
        string[] linesBefore = before.Enhanced.Split('\n'), linesAfter = after.Enhanced.Split('\n');
        var result = new TrialResult { Index = index, Changed = before.Enhanced != after.Enhanced, Before = ToOutcome(before), After = ToOutcome(after) };
        result.Added.AddRange(linesAfter.Except(linesBefore));
        result.Removed.AddRange(linesBefore.Except(linesAfter));
        return result;
    }

    private static TrialOutcome ToOutcome(EnhancementOutcome outcome)
    {
        var mapped = new TrialOutcome { Tokens = outcome.TokensAfter, Score = outcome.Scores.After };
        mapped.Techniques.AddRange(outcome.Applied.Select(a => a.TechniqueId));
        return mapped;
    }

    // A trial is read by the rules of an enhancement; what they say of a field is told of its place here.
    private static PromptInput Read(TrialPrompt trial, int index, TechniqueCatalog catalog)
    {
        var request = new EnhanceRequest { Prompt = trial.Prompt, Target = trial.Target, Style = trial.Style, Language = trial.Language };
        request.Goals.AddRange(trial.Goals);
        try
        {
            return EnhanceRequestRules.Read(request, catalog);
        }
        catch (RequestException problem) when (problem.Errors.Count > 0)
        {
            var errors = problem.Errors.Select(e => new FieldError($"prompts/{index}/{e.Field}", e.Problem)).ToList();
            throw problem.Fault == RequestFault.TooLarge ? RequestException.TooLarge(errors[0].Field, errors[0].Problem) : RequestException.Invalid(errors);
        }
    }
}
