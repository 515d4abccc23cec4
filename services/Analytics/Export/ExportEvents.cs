using System.Text;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using PromptPlatform.Analytics.Calendar;
using PromptPlatform.Analytics.Questions;
using PromptPlatform.Analytics.Storage;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Analytics.Export;

/// <summary>Hands out the events of some days, page by page as the reader takes them: memory holds one page, whatever the size of the export.</summary>
internal sealed class ExportEvents(TenantDatabase database, TimeProvider clock) : IDisposable
{
    // Each holds a connection for as long as its reader takes.
    private const int MaxAtOnce = 4;
    private readonly SemaphoreSlim _places = new(MaxAtOnce);

    public async Task HandleAsync(ExportEventsRequest request, Guid orgId, IServerStreamWriter<HttpBody> reader, CancellationToken cancellation)
    {
        EventNames.Check("name", request.Name);
        var format = request.Format switch
        {
            "" or "ndjson" => ExportFormat.Ndjson,
            "csv" => ExportFormat.Csv,
            _ => throw RequestException.Invalid("format", "must be ndjson or csv"),
        };
        var days = CalendarReading.Buckets(request.From, request.To, request.TimeZone, "day", clock.GetUtcNow(), limit: 366);
        if (!await _places.WaitAsync(TimeSpan.Zero, cancellation))
            throw RequestException.Exhausted("exports_busy", $"{MaxAtOnce} exports are under way; ask again in a while", TimeSpan.FromSeconds(10));
        try
        {
            await WriteAsync(orgId, days, request.Name, format, reader, cancellation);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task WriteAsync(Guid orgId, TimeBuckets days, string name, ExportFormat format, IServerStreamWriter<HttpBody> reader, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(orgId, cancellation);
        await ExportCursor.OpenAsync(transaction, days, name, cancellation);
        var lines = new StringBuilder(format.Head);
        bool more = true;
        while (more)
        {
            more = false;
            foreach (var happened in await ExportCursor.ReadAsync(transaction, cancellation))
            {
                format.Append(lines, happened);
                more = true;
            }
            // The first message carries the content type, so it is sent for an export of nothing too.
            await reader.WriteAsync(new HttpBody { ContentType = format.ContentType, Data = ByteString.CopyFromUtf8(lines.ToString()) }, cancellation);
            lines.Clear();
        }
    }
}
