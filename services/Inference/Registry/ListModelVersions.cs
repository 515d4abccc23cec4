using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.Inference.Storage;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Inference.Registry;

/// <summary>All registered versions, newest first.</summary>
internal sealed class ListModelVersions(RegistryDatabase database)
{
    /// <summary>Answers GET /v1/models.</summary>
    public async Task<ListModelVersionsResponse> HandleAsync(ListModelVersionsRequest request, CancellationToken cancellation)
    {
        var limit = TextRules.PageSize(request.Limit);
        var after = Cursor.Read(request.Cursor);
        await using var transaction = await database.BeginAsync(cancellation);

        // One more than asked for tells whether there is another page.
        var models = await ModelRows.ListAsync(transaction, after, limit + 1, cancellation);
        ListModelVersionsResponse response = new() { HasMore = models.Count > limit };
        response.Data.AddRange(models.Take(limit).Select(model => model.ToMessage()));
        if (response.HasMore) response.NextCursor = Cursor.Write(models[limit - 1].Version);
        return response;
    }
}
