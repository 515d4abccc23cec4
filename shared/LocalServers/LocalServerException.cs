namespace PromptPlatform.LocalServers;

/// <summary>A server on this machine could not be found, started or stopped; the message says what to do.</summary>
public sealed class LocalServerException : Exception
{
    public LocalServerException()
    {
    }

    public LocalServerException(string message)
        : base(message)
    {
    }

    public LocalServerException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
