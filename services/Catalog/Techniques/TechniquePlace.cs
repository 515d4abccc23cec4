using System.Globalization;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Catalog.Techniques;

/// <summary>A place in a list ordered by falling score, then id: the next page begins behind it.</summary>
internal sealed record TechniquePlace(decimal Score, string Id)
{
    /// <summary>The place as a cursor of the query with this fingerprint.</summary>
    public string ToCursor(string fingerprint) => Cursor.Write(string.Create(CultureInfo.InvariantCulture, $"{fingerprint} {Score} {Id}"));

    /// <summary>Reads a cursor; empty is the first page (null).</summary>
    public static TechniquePlace? Read(string cursor, string fingerprint)
    {
        if (Cursor.Read(cursor) is not { } key)
            return null;
        if (key.Split(' ') is not [var owner, var score, var id] || !Technique.IsId(id)
            || !decimal.TryParse(score, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value))
            throw RequestException.Invalid("cursor", "is not a cursor of this list; pass nextCursor of the page before, unchanged");
        return owner == fingerprint ? new TechniquePlace(value, id) : throw RequestException.Invalid("cursor", "belongs to another query; begin at the first page");
    }
}
