using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Health.V1;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Ours;

/// <summary>A plan in the words of our client.</summary>
internal sealed class OurRequest(CallPlan plan)
{
    private static readonly ServiceDescriptor[] Services = [Mirror.Descriptor, Health.Descriptor];

    /// <summary>What the caller sends, in order.</summary>
    public IReadOnlyList<IMessage> Messages { get; } = MessagesOf(plan);

    /// <summary>Of calls that send one.</summary>
    public IMessage First => Messages.Count > 0 ? Messages[0] : new Order();

    public CallOptions Options(CancellationToken cancellation)
    {
        var headers = new Metadata();
        foreach (string[] pair in plan.Metadata)
        {
            headers.Add(pair[0].EndsWith("-bin", StringComparison.Ordinal) ? new(pair[0], Convert.FromBase64String(pair[1])) : new(pair[0], pair[1]));
        }

        if (plan.Options.Compression is { } compression)
        {
            headers.Add("grpc-internal-encoding-request", compression);
        }

        DateTime? deadline = plan.DeadlineMs is { } left ? TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(left) : null;
        return new CallOptions(headers, deadline, cancellation).WithWaitForReady(plan.WaitForReady);
    }

    public Method<IMessage, IMessage> Method()
    {
        MethodDescriptor? known = Services.SingleOrDefault(service => service.FullName == plan.Service)?.FindMethodByName(plan.Method);
        MessageParser parser = known?.OutputType.Parser ?? Answer.Parser;
        return new(
            (MethodType)(int)plan.Kind,
            plan.Service,
            plan.Method,
            Marshallers.Create<IMessage>(Serialize, context => parser.ParseFrom(context.PayloadAsReadOnlySequence())),
            Marshallers.Create<IMessage>(Serialize, context => parser.ParseFrom(context.PayloadAsReadOnlySequence())));
    }

    private void Serialize(IMessage message, SerializationContext context)
    {
        if (plan.Raw is { } raw)
        {
            context.Complete(raw);
            return;
        }

        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }

    private static IReadOnlyList<IMessage> MessagesOf(CallPlan plan)
    {
        ByteString? payload = plan.Fill is { } length ? UnsafeByteOperations.UnsafeWrap(Filling.Of(length)) : null;
        IMessage[] requests = [.. plan.Requests.Select(request => payload is not null ? new Order((Order)request) { Payload = payload } : request)];
        return [.. Enumerable.Repeat(requests, plan.Repeat).SelectMany(each => each)];
    }
}
