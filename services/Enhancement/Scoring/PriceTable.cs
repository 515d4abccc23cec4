using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PromptPlatform.Enhancement.Scoring;

/// <summary>What a million tokens of a model cost.</summary>
/// <param name="Model">Its name, without vendor and date.</param>
/// <param name="Family">gpt, claude, gemini, llama or generic.</param>
/// <param name="Input">USD for a million input tokens.</param>
/// <param name="Output">USD for a million output tokens.</param>
/// <param name="AsOf">The day on which the price was read, e.g. 2025-10-15.</param>
/// <param name="Source">The public page on which it stands.</param>
internal sealed record ModelPrice(
    [property: JsonRequired] string Model, [property: JsonRequired] string Family, [property: JsonRequired] decimal Input,
    [property: JsonRequired] decimal Output, [property: JsonRequired] string AsOf, [property: JsonRequired] string Source);

/// <summary>Prices of models, as data; checked when it is read.</summary>
internal sealed class PriceTable
{
    const decimal HighestPrice = 10_000;
    static readonly string[] Families = ["gpt", "claude", "gemini", "llama", "generic"];
    static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    readonly Dictionary<string, ModelPrice> byName;

    PriceTable(IEnumerable<ModelPrice> prices) => byName = prices.ToDictionary(p => Bare(p.Model), StringComparer.Ordinal);

    sealed record PriceFile(string? About, [property: JsonRequired] string Currency, [property: JsonRequired] IReadOnlyList<ModelPrice> Prices);

    /// <summary>The table of <paramref name="path"/>; the one that ships with the product when it is empty.</summary>
    /// <exception cref="InvalidDataException">It is no valid table; the message names every fault and its cure.</exception>
    public static PriceTable Load(string path)
    {
        using var stream = path.Length > 0 ? File.OpenRead(path) : Assembly.GetExecutingAssembly().GetManifestResourceStream("prices.json")
            ?? throw new InvalidOperationException("The price table is not embedded in the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Parse(bytes.ToArray());
    }

    /// <summary>Reads a table from the bytes of a JSON file.</summary>
    /// <exception cref="InvalidDataException">It is no valid table.</exception>
    public static PriceTable Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var file = JsonSerializer.Deserialize<PriceFile>(json, Options) ?? throw new InvalidDataException("The price table is empty: write an object with currency and prices.");
            var faults = Faults(file).ToList();
            return faults.Count == 0 ? new(file.Prices) : throw new InvalidDataException("The price table has faults:\n" + string.Join('\n', faults));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The price table is no valid JSON at {e.Path}, line {e.LineNumber + 1}: {e.Message}", e);
        }
    }

    /// <summary>The price of <paramref name="model"/>, with or without vendor and date; null when the table has none.</summary>
    public ModelPrice? For(string model) => byName.GetValueOrDefault(Bare(model));

    /// <summary>The name in lower case without vendor, date and "latest": openai/gpt-4.1-2025-04-14 is gpt-4-1.</summary>
    internal static string Bare(string model)
    {
        var name = model.Trim().ToLowerInvariant();
        name = name[(name.LastIndexOf('/') + 1)..].Replace('.', '-');
        if (name.EndsWith("-latest", StringComparison.Ordinal))
            return name[..^"-latest".Length];
        foreach (var (length, format) in (ReadOnlySpan<(int, string)>)[(11, "-yyyy-MM-dd"), (9, "-yyyyMMdd")])
            if (name.Length > length && DateOnly.TryParseExact(name.AsSpan(name.Length - length), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                return name[..^length];
        return name;
    }

    static IEnumerable<string> Faults(PriceFile file)
    {
        if (file.Currency != "USD")
            yield return $"currency: {file.Currency} is not supported; give prices in USD.";
        foreach (var twice in file.Prices.GroupBy(p => Bare(p.Model), StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return $"{twice.First().Model}: stands {twice.Count()} times; keep one.";
        foreach (var price in file.Prices)
        {
            if (Bare(price.Model).Length == 0)
                yield return "A price has no model; name it.";
            if (!Families.Contains(price.Family))
                yield return $"{price.Model}: family {price.Family} is not one of {string.Join(", ", Families)}.";
            if (price.Input is < 0 or > HighestPrice || price.Output is < 0 or > HighestPrice)
                yield return $"{price.Model}: input and output are USD per million tokens, from 0 to {HighestPrice}.";
            if (!DateOnly.TryParseExact(price.AsOf, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                yield return $"{price.Model}: asOf {price.AsOf} is no date; write it as 2025-10-15.";
            if (!Uri.TryCreate(price.Source, UriKind.Absolute, out var source) || source.Scheme != Uri.UriSchemeHttps)
                yield return $"{price.Model}: source is no https address; give the page on which the price stands.";
        }
    }
}
