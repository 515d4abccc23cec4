using PromptPlatform.Catalog.Storage;
using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;
using TechniqueMessage = PromptPlatform.Contracts.Catalog.V1.Technique;

namespace PromptPlatform.Catalog.Techniques;

/// <summary>One technique by its id.</summary>
internal sealed class GetTechnique(TenantDatabase database)
{
    public async Task<TechniqueMessage> HandleAsync(GetTechniqueRequest request, Guid orgId, CancellationToken cancellation)
    {
        // What cannot be an id is not repeated in the answer.
        if (!Technique.IsId(request.Id))
            throw RequestException.NotFound("technique", "of this form; ids are lower case words joined by hyphens");
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        var technique = await TechniqueRows.FindAsync(transaction, request.Id, cancellation);
        return technique?.ToMessage() ?? throw RequestException.NotFound("technique", request.Id);
    }
}
