using Google.Protobuf.Collections;
using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.History;
using PromptPlatform.Enhancement.Scoring;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>A stored enhancement with some of its edits and lint fixes. Stores nothing and bills nothing.</summary>
internal sealed class ApplyEdits(TenantDatabase database, PromptCipher cipher, PromptEnhancer engine)
{
    private const int MaxIds = 200;

    /// <summary>Answers POST /v1/enhancements/{id}:apply. Errors: 404 for an unknown enhancement, 400 with the entry that cannot be applied and the cure.</summary>
    public async Task<ApplyEditsResponse> HandleAsync(ApplyEditsRequest request, ServerCallContext call)
    {
        var id = PublicId.Parse("enh", "enhancement", request.Id);
        Check("accept", request.Accept);
        Check("fixes", request.Fixes);
        await using var transaction = await database.BeginAsync(call.Caller().OrgId, call.CancellationToken);
        var stored = await StoredEnhancements.FindAsync(transaction, cipher, id, call.CancellationToken);
        return Apply(stored, request);
    }

    private ApplyEditsResponse Apply(EnhanceResponse stored, ApplyEditsRequest request)
    {
        var edits = EditMapping.SetOf(stored);
        var fixes = Fixes(stored, request.Fixes);
        if (edits.Check(request.Accept, fixes) is { } fault)
            throw RequestException.Invalid($"{fault.Field}/{fault.Index}", fault.Problem);
        var applied = edits.Apply(request.Accept, fixes);
        var input = SettingsMapping.InputOf(stored);
        var response = new ApplyEditsResponse
        {
            Text = applied.Text,
            Scores = ScoreMapping.ToScores(engine.Score(input, applied.Text), explain: true),
            Tokens = new TextTokens { Before = Tokens(stored.Original), After = Tokens(applied.Text) },
        };
        int Tokens(string text) => TokenEstimate.Of(text, input.Target.Family, stored.Analysis.Language);
        response.Diff.AddRange(applied.Diff.Select(EditMapping.ToPart));
        response.Edits.AddRange(applied.Edits);
        response.Fixes.AddRange(request.Fixes);
        return response;
    }

    private static List<LintFix> Fixes(EnhanceResponse stored, RepeatedField<string> ids)
    {
        var known = EditMapping.FixesOf(stored);
        var fixes = new List<LintFix>();
        for (int i = 0; i < ids.Count; i++)
        {
            fixes.Add(known.FirstOrDefault(f => f.Id == ids[i]) ?? throw RequestException.Invalid($"fixes/{i}", known.Count == 0
                ? "is no lint finding of this enhancement that carries an edit; it has none (with explain: false findings are not kept)"
                : $"is no lint finding of this enhancement that carries an edit; those that do are {string.Join(", ", known.Select(f => f.Id))}"));
        }
        return fixes;
    }

    private static void Check(string field, RepeatedField<string> ids)
    {
        if (ids.Count > MaxIds)
            throw RequestException.Invalid(field, $"has {ids.Count} entries; the limit is {MaxIds}");
        for (int i = 0; i < ids.Count; i++)
        {
            if (ids.Take(i).Contains(ids[i]))
                throw RequestException.Invalid($"{field}/{i}", "stands there twice; name it once");
        }
    }
}
