using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>The text that is to be enhanced: the prompt, or the last user message of a conversation.</summary>
internal static class PromptOfRequest
{
    private const int MaxMessages = 100;
    private const int MaxConversation = 8 * PromptInput.MaxLength;

    /// <summary>What the system messages say, up to the length of a prompt; null when there are none.</summary>
    public static string? System(IEnumerable<Message> messages)
    {
        string text = string.Join('\n', messages.Where(m => m.Role == "system").Select(m => m.Content));
        return text.Length == 0 ? null : text[..Math.Min(text.Length, PromptInput.MaxLength)];
    }

    public static string Find(string prompt, IReadOnlyList<Message> messages)
    {
        if (messages.Count == 0)
        {
            TextRules.RequireText("prompt", prompt, PromptInput.MaxLength);
            return prompt;
        }
        if (prompt.Length > 0)
            throw RequestException.Invalid("messages", "is given together with prompt; send one of them");
        if (messages.Count > MaxMessages)
            throw RequestException.TooLarge("messages", $"has {messages.Count} entries; the limit is {MaxMessages}");
        int last = -1;
        long total = 0;
        for (int i = 0; i < messages.Count; i++)
        {
            string role = TextRules.OneOf($"messages/{i}/role", messages[i].Role.Length == 0 ? "(empty)" : messages[i].Role, "", "system", "user", "assistant", "tool");
            TextRules.CheckText($"messages/{i}/content", messages[i].Content, PromptInput.MaxLength);
            total += messages[i].Content.Length;
            if (role == "user")
                last = i;
        }
        if (total > MaxConversation)
            throw RequestException.TooLarge("messages", $"have {total} characters together; the limit is {MaxConversation}");
        if (last < 0)
            throw RequestException.Invalid("messages", "holds no message of role user; the last one is what is enhanced");
        TextRules.RequireText($"messages/{last}/content", messages[last].Content, PromptInput.MaxLength);
        return messages[last].Content;
    }
}
