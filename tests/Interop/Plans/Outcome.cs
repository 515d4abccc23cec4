using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using PromptPlatform.Interop.Contract;

namespace PromptPlatform.Interop.Tests.Plans;

/// <summary>What came of a call, as its caller tells it.</summary>
public sealed record Outcome
{
    /// <summary>Null when the call was refused before it began.</summary>
    public StatusCode? Code { get; init; }

    public string Details { get; init; } = "";

    /// <summary>Initial metadata; null or empty when there was none.</summary>
    public IReadOnlyList<string[]>? Headers { get; init; }

    public IReadOnlyList<string[]> Trailers { get; init; } = [];

    /// <summary>The first 64, without their payload.</summary>
    public IReadOnlyList<JsonElement> Answers { get; init; } = [];

    public int AnswerCount { get; init; }

    /// <summary>Of all answers.</summary>
    public long PayloadBytes { get; init; }

    /// <summary>Of all answers' bytes, modulo 2^31.</summary>
    public int PayloadSum { get; init; }

    /// <summary>Why the caller's library would not start the call.</summary>
    public string? Refused { get; init; }

    /// <summary>What a failed write told; only our caller knows.</summary>
    public StatusCode? WriteFailure { get; init; }

    public Answer Answer => AnswerAt(0);

    public Answer AnswerAt(int index) => Read<Answer>(index);

    public T Read<T>(int index)
        where T : IMessage, new() => JsonParser.Default.Parse<T>(Answers[index].GetRawText());

    public IEnumerable<string> HeaderValues(string key) => ValuesOf(Headers ?? [], key);

    public IEnumerable<string> TrailerValues(string key) => ValuesOf(Trailers, key);

    private static IEnumerable<string> ValuesOf(IReadOnlyList<string[]> pairs, string key) => pairs.Where(pair => pair[0] == key).Select(pair => pair[1]);
}
