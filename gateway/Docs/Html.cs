using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace PromptPlatform.Gateway.Docs;

/// <summary>Pages of the gateway: one document, no external assets, and a content security policy that names its style and script by hash.</summary>
/// <param name="Bytes">The page.</param>
/// <param name="Policy">Its Content-Security-Policy.</param>
internal sealed record Html(byte[] Bytes, string Policy)
{
    /// <summary>Its entity tag.</summary>
    public string Tag { get; } = TagOf(Bytes);

    private static readonly string s_style = Resource.Text("docs/page.css");
    private static readonly string s_frame = Resource.Text("docs/page.html");

    /// <summary>Makes a page. <paramref name="body"/> is HTML, everything that comes from data already encoded.</summary>
    public static Html Page(string title, string body, string script = "")
    {
        string page = s_frame
            .Replace("{{title}}", Encode(title), StringComparison.Ordinal)
            .Replace("{{style}}", s_style, StringComparison.Ordinal)
            .Replace("{{script}}", script.Length > 0 ? $"<script>{script}</script>" : "", StringComparison.Ordinal)
            .Replace("{{body}}", body, StringComparison.Ordinal);
        string scripts = script.Length > 0 ? $"script-src {HashOf(script)}; connect-src 'self'; " : "";
        string policy = $"default-src 'none'; style-src {HashOf(s_style)}; {scripts}img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return new Html(Encoding.UTF8.GetBytes(page), policy);
    }

    /// <summary>The entity tag of a content.</summary>
    public static string TagOf(byte[] content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\"";

    /// <summary>Text as HTML.</summary>
    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static string HashOf(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
