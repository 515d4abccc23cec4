using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>The caller's own labels on a request: up to 16, returned as they came.</summary>
internal static class MetadataRules
{
    private const int MaxEntries = 16;
    private const int MaxKey = 64;
    private const int MaxValue = 512;

    public static void Check(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        int count = 0;
        foreach (var (key, value) in metadata)
        {
            if (++count > MaxEntries)
                throw RequestException.Invalid("metadata", $"has more than {MaxEntries} entries");
            TextRules.RequireText("metadata", key, MaxKey);
            TextRules.CheckText("metadata/" + key, value, MaxValue);
        }
    }
}
