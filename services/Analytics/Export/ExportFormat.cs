using System.Text;
using System.Text.Json;

namespace PromptPlatform.Analytics.Export;

/// <summary>An event as it is handed out.</summary>
internal sealed record ExportedEvent(Guid Id, string Name, string? Actor, DateTime At, string Properties);

/// <summary>A form in which events are handed out.</summary>
internal abstract class ExportFormat
{
    /// <summary>RFC 4180 with a header; properties are JSON. An apostrophe stands before what a spreadsheet would take for a formula.</summary>
    public static readonly ExportFormat Csv = new CsvFormat();

    /// <summary>A JSON object per line.</summary>
    public static readonly ExportFormat Ndjson = new NdjsonFormat();

    /// <summary>Its content type.</summary>
    public abstract string ContentType { get; }

    /// <summary>What comes before the first event.</summary>
    public abstract string Head { get; }

    /// <summary>Adds the line of an event.</summary>
    public abstract void Append(StringBuilder lines, ExportedEvent happened);

    private static string Time(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private sealed class CsvFormat : ExportFormat
    {
        public override string ContentType => "text/csv; charset=utf-8";

        public override string Head => "id,name,actor,at,properties\r\n";

        public override void Append(StringBuilder lines, ExportedEvent happened) => lines
            .Append(happened.Id).Append(',').Append(Quoted(happened.Name)).Append(',').Append(Quoted(happened.Actor ?? "")).Append(',')
            .Append(Time(happened.At)).Append(',').Append(Quoted(happened.Properties)).Append("\r\n");

        // A spreadsheet would compute what begins so: OWASP, CSV Injection.
        private static string Quoted(string text) => (text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "\"'" : "\"") + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private sealed class NdjsonFormat : ExportFormat
    {
        public override string ContentType => "application/x-ndjson";

        public override string Head => "";

        public override void Append(StringBuilder lines, ExportedEvent happened) => lines
            .Append("{\"id\":\"").Append(happened.Id).Append("\",\"name\":").Append(JsonSerializer.Serialize(happened.Name)).Append(",\"actor\":").Append(JsonSerializer.Serialize(happened.Actor))
            .Append(",\"at\":\"").Append(Time(happened.At)).Append("\",\"properties\":").Append(happened.Properties).Append("}\n");
    }
}
