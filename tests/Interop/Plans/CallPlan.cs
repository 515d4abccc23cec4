using System.Globalization;
using System.Text.Json.Serialization;
using Google.Protobuf;
using PromptPlatform.Interop.Contract;

namespace PromptPlatform.Interop.Tests.Plans;

/// <summary>One call in words that every caller understands: ours, the one of grpc-js and the one of grpcio.</summary>
public sealed record CallPlan(string Method, CallKind Kind, [property: JsonConverter(typeof(MessagesConverter))] IReadOnlyList<IMessage> Requests)
{
    private static int names;

    /// <summary>Under which the caller can cancel it and the server notes what it sees; sent as x-call.</summary>
    public string Name { get; init; } = NewName();

    public string Service { get; init; } = Mirror.Descriptor.FullName;

    /// <summary>How often the requests are sent.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>Sent in place of every request.</summary>
    public byte[]? Raw { get; init; }

    /// <summary>Bytes in the payload of every request.</summary>
    public int? Fill { get; init; }

    /// <summary>Key and value; base64 under keys that end with -bin.</summary>
    public IReadOnlyList<string[]> Metadata { get; init; } = [];

    /// <summary>From the start of the call.</summary>
    public long? DeadlineMs { get; init; }

    public bool WaitForReady { get; init; }

    public bool CancelAtOnce { get; init; }

    public bool CancelOnHeaders { get; init; }

    public int? CancelAfterAnswers { get; init; }

    /// <summary>Every request but the first waits for an answer.</summary>
    public bool PingPong { get; init; }

    /// <summary>The request stream stays open to the end of the call.</summary>
    public bool Hold { get; init; }

    public ChannelPlan Options { get; init; } = new();

    public Security? Security { get; init; }

    public string Target { get; init; } = "";

    /// <summary>For a copy of a plan, which else keeps the name of the first.</summary>
    public static string NewName() => string.Create(CultureInfo.InvariantCulture, $"call-{Interlocked.Increment(ref names)}");

    public static CallPlan Ask(Order order) => new(nameof(Ask), CallKind.Unary, [order]);

    public static CallPlan Download(Order order) => new(nameof(Download), CallKind.ServerStream, [order]);

    public static CallPlan Upload(params Order[] orders) => new(nameof(Upload), CallKind.ClientStream, orders);

    public static CallPlan Chat(params Order[] orders) => new(nameof(Chat), CallKind.Duplex, orders);

    /// <summary>The same for each of the four kinds.</summary>
    public static CallPlan Of(CallKind kind, Order order) => kind switch
    {
        CallKind.Unary => Ask(order),
        CallKind.ServerStream => Download(order),
        CallKind.ClientStream => Upload(order),
        CallKind.Duplex => Chat(order),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
