namespace PromptPlatform.Benchmarks.EchoServer;

/// <summary>The same answer from a minimal API with System.Text.Json, the baseline of transcoding.</summary>
internal static class MinimalEcho
{
    public const string Path = "/minimal/echo";

    public static Message Say(Message request) => new(request.Text);

    /// <summary>The fields of EchoMessage.</summary>
    internal sealed record Message(string Text);
}
