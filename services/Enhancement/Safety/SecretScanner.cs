using System.Buffers;
using System.Text.RegularExpressions;
using PromptPlatform.Enhancement.Reading;

namespace PromptPlatform.Enhancement.Safety;

/// <summary>Keys, tokens and passwords by their published shapes.</summary>
internal static partial class SecretScanner
{
    static readonly SearchValues<string> Beginnings = SearchValues.Create(
        ["-----BEGIN", "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "eyJ", "sk-", "sk_", "pk_", "rk_", "pk-", "AIza", "pp_live_", "pp_test_", "hf_", "glpat-", "xox",
            "password", "passwd", "pwd", "passwort", "contraseña", "senha", "api_key", "api-key", "apikey", "secret_key", "secret-key", "secretkey", "access_token", "access-token", "://"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds what stands in <paramref name="text"/>.</summary>
    public static void Scan(string text, List<SafetyFinding> found)
    {
        // Most prompts carry none of the beginnings: one pass settles that.
        if (!text.AsSpan().ContainsAny(Beginnings))
            return;
        Add("secret.private_key", PrivateKey(), 1, 1);
        Add("secret.aws_access_key", AwsKey(), 1, 1);
        Add("secret.github_token", GithubToken(), 1, 40);
        Add("secret.jwt", Jwt(), 0.95, 40);
        Add("secret.api_key", VendorKey(), 0.95, 20);
        Add("secret.slack_token", SlackToken(), 1, 15);
        Add("secret.password", Assigned(), 0.7, 1);
        Add("secret.connection_string", UrlPassword(), 0.9, 1);

        void Add(string category, Regex pattern, double confidence, int shortest)
        {
            foreach (var match in pattern.EnumerateMatches(text))
                if (match.Length >= shortest)
                    found.Add(new(category, new TextSpan(match.Index, match.Index + match.Length), confidence));
        }
    }

    // NonBacktracking: time grows with the length only, whatever the text.
    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\b(AKIA|ASIA)[0-9A-Z]{16}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AwsKey();

    [GeneratedRegex(@"\b(ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]+\b|\bgithub_pat_[A-Za-z0-9_]+\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex GithubToken();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Jwt();

    [GeneratedRegex(@"\b(sk|pk|rk)[-_](live|test|proj|ant|or)[-_][A-Za-z0-9_-]+|\bsk-[A-Za-z0-9]{32}[A-Za-z0-9]*\b|\bAIza[0-9A-Za-z_-]{35}\b|\bpp_(live|test)_[A-Za-z0-9_-]+|\bhf_[A-Za-z0-9]{30}[A-Za-z0-9]*\b|\bglpat-[A-Za-z0-9_-]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex VendorKey();

    [GeneratedRegex(@"\bxox[abprs]-[A-Za-z0-9-]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SlackToken();

    [GeneratedRegex(@"\b(password|passwd|pwd|passwort|contraseña|senha|api[_-]?key|secret[_-]?key|access[_-]?token)\s*[:=]\s*[^\s{<\[]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"\b[a-z][a-z0-9+]*://[^\s:/@]+:[^\s:/@{<]+@[^\s/]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex UrlPassword();
}
