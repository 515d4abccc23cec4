namespace PromptPlatform.Redis;

/// <summary>Redis did not do what it was asked.</summary>
public abstract class RedisException : Exception
{
    private protected RedisException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}

/// <summary>Redis is away, too slow, or has too much to do. Whether it has carried the command out is not known.</summary>
public sealed class RedisUnavailableException(string message, Exception? inner = null) : RedisException(message, inner);

/// <summary>Redis answered with an error, e.g. <c>WRONGTYPE …</c>.</summary>
public sealed class RedisErrorException(string message) : RedisException(message, null);
