using System.Text;
using PromptPlatform.Auth.DataRequests;
using PromptPlatform.Messaging.PersonalData;
using PromptPlatform.ServiceDefaults.Encryption;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Auth.Storage;

/// <summary>Whom earlier exports were about. The records of the exports stay, without the actor. An export leaves them out: who asks for it has the list of requests.</summary>
internal sealed class RequestedActors(PlatformCipher cipher) : PersonalDataSource("data_requests")
{
    private const int PageRows = 500;

    public override Task<ExportPage> ExportAsync(TenantTransaction transaction, PersonalDataSubject subject, string[]? cursor, CancellationToken cancellation) => Task.FromResult(ExportPage.Empty);

    public override async Task<int> EraseAsync(TenantTransaction transaction, PersonalDataSubject subject, int limit, CancellationToken cancellation)
    {
        var found = new List<Guid>();
        var last = Guid.Empty;
        for (bool more = true; more && found.Count < limit;)
        {
            var page = await DataRequestRows.ExportedActorsAsync(transaction, last, PageRows, cancellation);
            found.AddRange(page.Where(row => subject.IsWhole || subject.Actor == Encoding.UTF8.GetString(cipher.Open(row.Id, DataRequestRows.ActorPlace, row.Actor))).Select(row => row.Id));
            more = page.Count == PageRows;
            last = more ? page[^1].Id : last;
        }
        var gone = found.Take(limit).ToArray();
        await DataRequestRows.ForgetActorsAsync(transaction, gone, cancellation);
        return gone.Length;
    }
}
