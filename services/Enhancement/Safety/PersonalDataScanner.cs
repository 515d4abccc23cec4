using System.Globalization;
using System.Text.RegularExpressions;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Safety;

/// <summary>E-mail addresses, telephone numbers, IBANs, payment cards, public IPv4 addresses and US social security numbers.</summary>
internal static partial class PersonalDataScanner
{
    /// <summary>Adds what stands in <paramref name="text"/>.</summary>
    public static void Scan(string text, List<SafetyFinding> found)
    {
        if (text.Contains('@'))
            Add("pii.email", Email(), 1, _ => true);
        if (!text.AsSpan().ContainsAnyInRange('0', '9'))
            return;
        Add("pii.iban", Iban(), 1, CheckDigits.IsIban);
        Add("pii.credit_card", Card(), 0.98, CheckDigits.IsLuhn);
        Add("pii.us_ssn", SocialSecurity(), 0.85, _ => true);
        Add("pii.ip_address", Ipv4(), 0.6, IsPublicAddress);
        Add("pii.phone", Phone(), 0.8, IsPhone);

        void Add(string category, Regex pattern, double confidence, Func<string, bool> holds)
        {
            foreach (var match in pattern.EnumerateMatches(text))
            {
                var span = new TextSpan(match.Index, match.Index + match.Length);
                if (holds(span.Of(text)))
                    found.Add(new(category, span, confidence));
            }
        }
    }

    static bool IsPhone(string match)
    {
        var digits = match.Count(char.IsAsciiDigit);
        // Without a plus, a leading zero or brackets it is more likely a year range, a version or an amount.
        return digits is >= 8 and <= 15 && (match[0] is '+' or '0' or '(' || match.Count(c => c is '-' or ' ' or '.') >= 2 && digits >= 10);
    }

    static bool IsPublicAddress(string match)
    {
        var parts = match.Split('.').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        return parts.All(p => p < 256) && parts[0] is not (0 or 10 or 127 or >= 224) && !(parts[0] == 192 && parts[1] == 168) && !(parts[0] == 172 && parts[1] is >= 16 and < 32);
    }

    [GeneratedRegex(@"\b[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Email();

    [GeneratedRegex(@"\b[A-Z]{2}[0-9]{2}( ?[A-Z0-9]{4}){2,7}( ?[A-Z0-9]{1,3})?\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Iban();

    [GeneratedRegex(@"\b[0-9]{4}([ -]?[0-9]{4}){2}[ -]?[0-9]{1,7}\b|\b3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Card();

    [GeneratedRegex(@"\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SocialSecurity();

    [GeneratedRegex(@"\b[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Ipv4();

    [GeneratedRegex(@"(\+[0-9]{1,3}[ .-]?)?(\([0-9]{1,5}\)[ .-]?)?[0-9]{2,5}([ ./-]?[0-9]{2,5}){1,4}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Phone();
}
