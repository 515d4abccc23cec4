namespace PromptPlatform.Redis;

/// <summary>What a reply is.</summary>
public enum RedisReplyKind
{
    /// <summary>No value.</summary>
    Nothing,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A list of replies.</summary>
    List,

    /// <summary>An error; never returned, thrown as <see cref="RedisErrorException"/>.</summary>
    Error,
}

/// <summary>A reply of Redis.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The string or error.</param>
/// <param name="Number">The number.</param>
/// <param name="Items">The list.</param>
public sealed record RedisReply(RedisReplyKind Kind, string Text = "", long Number = 0, IReadOnlyList<RedisReply>? Items = null)
{
    internal static readonly RedisReply Nothing = new(RedisReplyKind.Nothing);

    /// <summary>The list of numbers that a script returned.</summary>
    /// <exception cref="RedisErrorException">It is something else.</exception>
    public long[] Numbers() =>
        Items?.All(i => i.Kind == RedisReplyKind.Number) == true ? [.. Items.Select(i => i.Number)] : throw new RedisErrorException($"a list of numbers was expected and {Kind} came");
}
