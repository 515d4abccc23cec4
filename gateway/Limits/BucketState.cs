namespace PromptPlatform.Gateway.Limits;

/// <summary>What a bucket says after a request.</summary>
/// <param name="Admitted">Whether the request found a token.</param>
/// <param name="Limit">Tokens that a full bucket holds.</param>
/// <param name="Remaining">Tokens left.</param>
/// <param name="UntilFull">Time until it is full again.</param>
/// <param name="UntilNext">Time until the next token; zero while there are some.</param>
internal readonly record struct BucketState(bool Admitted, int Limit, int Remaining, TimeSpan UntilFull, TimeSpan UntilNext);
