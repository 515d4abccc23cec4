namespace PromptPlatform.Enhancement.Safety;

/// <summary>Check digits of account and card numbers.</summary>
internal static class CheckDigits
{
    /// <summary>Whether the digits satisfy Luhn's rule (ISO/IEC 7812) and there are 13 to 19 of them, not all alike.</summary>
    public static bool IsLuhn(string text)
    {
        int sum = 0, digits = 0;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(text[i]))
                continue;
            var digit = text[i] - '0';
            if (digits++ % 2 == 1)
                digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }
        return digits is >= 13 and <= 19 && sum % 10 == 0 && text.Where(char.IsAsciiDigit).Distinct().Count() > 1;
    }

    /// <summary>Whether the text is an IBAN with right check digits (ISO 13616, modulus 97).</summary>
    public static bool IsIban(string text)
    {
        var compact = text.Replace(" ", "", StringComparison.Ordinal);
        if (compact.Length is < 15 or > 34)
            return false;
        var remainder = 0;
        foreach (var c in compact[4..] + compact[..4])
            remainder = char.IsAsciiDigit(c) ? (remainder * 10 + c - '0') % 97 : (remainder * 100 + c - 'A' + 10) % 97;
        return remainder == 1;
    }
}
