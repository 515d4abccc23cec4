using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Classifying;
using PromptPlatform.Enhancement.Experiments;
using PromptPlatform.Enhancement.Learning;
using PromptPlatform.Enhancement.Policies;
using PromptPlatform.Enhancement.Scoring;
using PromptPlatform.Enhancement.Storage;
using PromptPlatform.Enhancement.Techniques;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>What one enhancement is made of, up to the point where it is stored. Single and batch requests share it.</summary>
internal sealed class EnhancementWork(
    OrganizationPolicies policies, ExperimentFeed experiments, ArmPolicies arms, PromptClassifier classifier, TechniqueFeed techniques, LearningFeed learning,
    PromptCipher cipher, PriceTable prices, EnhancementMetrics metrics, TimeProvider clock, ILogger<EnhancementWork> logger)
{
    /// <summary>Thinks: checks, reads, classifies, chooses, composes and proves. Writes nothing.</summary>
    public async Task<DecidedEnhancement> DecideAsync(EnhanceRequest request, Caller caller, CancellationToken cancellation)
    {
        var orgId = caller.OrgId;
        // 1 check  2 ask the model and read meanwhile  3 choose  4 compose and prove  5 encrypt
        long begin = Stopwatch.GetTimestamp();
        var catalog = techniques.Current; // 1
        var input = EnhanceRequestRules.Read(request, catalog) with { Learning = learning.Find(orgId) };
        var asked = classifier.BeginAsync(input.Prompt, attributions: false, cancellation); // 2
        var policy = await policies.FindAsync(orgId, cancellation);
        var reading = policy.Engine.Read(input);
        var (classification, degraded) = await classifier.FinishAsync(asked, reading);
        long classified = Stopwatch.GetTimestamp();
        var assigned = experiments.Current.Assign(caller, new(
            classification.Intent, classification.Domain, reading.Language, TargetRules.NameOf(input.Target.Family), request.Metadata.GetValueOrDefault(ExperimentFacts.EndUserKey, "")));
        var engine = arms.Of(policy, assigned);
        var plan = engine.Select(input, reading, classification, catalog); // 3
        long selected = Stopwatch.GetTimestamp();
        var outcome = engine.Compose(input, reading, classification, plan, catalog); // 4
        long composed = Stopwatch.GetTimestamp();

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        foreach (var reason in outcome.Refusals)
            metrics.Refused(reason);
        if (outcome.FellBack)
            logger.ProofFailed(id);
        var response = EnhancementMapping.ToResponse(outcome, input, request, Degradation.Of(classification: degraded, policy: policy.IsStale));
        response.Id = PublicId.Format("enh", id);
        response.CreatedAt = Timestamp.FromDateTimeOffset(now);
        ExperimentMapping.Add(response, assigned);
        response.Usage.Cost = CostMapping.ToCost(prices, input.Target, outcome.TokensBefore, outcome.TokensAfter);
        if (input.Learning is { } learned)
            response.LearningVersion = learned.Snapshot.Version;
        response.Timings = new Timings
        {
            ClassifyMs = Ms(begin, classified),
            SelectMs = Ms(classified, selected),
            ComposeMs = Ms(selected, composed),
            TotalMs = Ms(begin, Stopwatch.GetTimestamp()),
        };
        byte[] answer = await cipher.EncryptAsync(orgId, id, EnhancementRows.AnswerPlace, response.ToByteArray(), cancellation); // 5
        return new DecidedEnhancement(id, caller, now, input.Target, response, assigned, answer, begin);
    }

    internal static double Ms(long from, long to) => Math.Round(Stopwatch.GetElapsedTime(from, to).TotalMilliseconds, 3);
}
