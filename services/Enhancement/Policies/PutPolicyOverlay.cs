using Google.Protobuf;
using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Composition;
using PromptPlatform.Enhancement.Techniques;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Enhancement.Policies;

/// <summary>Replaces what an organisation changes of the policy.</summary>
internal sealed class PutPolicyOverlay(PromptEnhancer product, OverlayWriting writing)
{
    private const int MaxBytes = 32 * 1024;
    public const int MaxFaults = 100;

    /// <summary>Answers PUT /v1/policy/overlay. Errors: 400 with every wrong field, 409 and 412 when it was changed meanwhile, 413 over 32 KiB.</summary>
    public Task<Policy> HandleAsync(Contracts.Enhancement.V1.PolicyOverlay request, ServerCallContext call)
    {
        if (request.CalculateSize() is > MaxBytes and var size)
            throw RequestException.TooLarge("rules", $"and the rest of the overlay have {size} bytes; the limit is {MaxBytes}: take rules out");
        var overlaid = OverlaidPolicy.Of(product.Policy, OverlayMapping.Read(request));
        if (overlaid.Faults.Count > 0)
            throw RequestException.Invalid([.. overlaid.Faults.Take(MaxFaults).Select(f => new FieldError(f.Path[1..], f.Text))]);
        return writing.WriteAsync(call, OverlayMapping.ToJson(request), overlaid.Policy.Version);
    }
}
