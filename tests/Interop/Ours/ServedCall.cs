using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Ours;

/// <summary>One call that is served: carries out its orders and notes what it sees.</summary>
internal sealed class ServedCall
{
    private const string EchoPrefix = "x-echo-";

    private readonly ServerCallContext context;
    private readonly Task released;
    private bool completed;
    private int number;
    private int bytes;
    private int sum;

    public ServedCall(ServerCallContext context, Task released)
    {
        this.context = context;
        this.released = released;
        Seen = new Note { Authority = context.Host, Metadata = { context.RequestHeaders.Select(ToPair) } };
        if (context.Deadline != DateTime.MaxValue)
        {
            Seen.DeadlineMs = (long)(context.Deadline - TimeProvider.System.GetUtcNow().UtcDateTime).TotalMilliseconds;
        }

        context.CancellationToken.Register(() => Seen.Cancelled = !completed);
    }

    public Note Seen { get; }

    private IEnumerable<Metadata.Entry> Echoes => context.RequestHeaders.Where(entry => entry.Key.StartsWith(EchoPrefix, StringComparison.Ordinal));

    /// <summary>Runs the handler and notes how it ended.</summary>
    public async Task<T> RunAsync<T>(Func<ServedCall, Task<T>> handler)
    {
        try
        {
            T result = await handler(this);
            completed = true;
            return result;
        }
        finally
        {
            Seen.Ended = true;
        }
    }

    public async Task CarryOutAsync(Order order, IServerStreamWriter<Answer>? answers = null, int count = 0)
    {
        Seen.Orders++;
        bytes += order.Payload.Length;
        sum = Filling.Add(sum, order.Payload.Span);
        if (order.EarlyHeaders)
        {
            await context.WriteResponseHeadersAsync([new("x-early", "yes"), new("x-early-bin", [0, 255]), .. Echoes]);
        }

        if (order.EchoTrailers)
        {
            foreach (Metadata.Entry echo in Echoes)
            {
                context.ResponseTrailers.Add(echo);
            }
        }

        for (int sent = 0; sent < count; sent++)
        {
            await answers!.WriteAsync(Answer(order));
        }

        await WaitAsync(order.Wait);
        if (order.Crash)
        {
            throw new InvalidOperationException("crash of the handler");
        }

        if (order.Failure is { } failure && Concerns(failure))
        {
            completed = true;
            throw ToException(failure);
        }
    }

    public Answer Answer(Order order) => new()
    {
        Text = order.Text,
        Payload = UnsafeByteOperations.UnsafeWrap(Filling.Of(order.AnswerBytes)),
        Number = ++number,
        ReceivedBytes = bytes,
        ReceivedSum = sum,
        Orders = Seen.Orders,
    };

    private static Pair ToPair(Metadata.Entry entry) =>
        new() { Key = entry.Key, Value = entry.IsBinary ? Convert.ToBase64String(entry.ValueBytes) : entry.Value };

    private static RpcException ToException(Failure failure)
    {
        var trailers = new Metadata { { "x-failure", "yes" } };
        if (!failure.Details.IsEmpty)
        {
            trailers.Add("grpc-status-details-bin", failure.Details.ToByteArray());
        }

        if (failure.Pushback.Length > 0)
        {
            trailers.Add("grpc-retry-pushback-ms", failure.Pushback);
        }

        return new RpcException(new Status((StatusCode)failure.Code, failure.Text), trailers);
    }

    private bool Concerns(Failure failure)
    {
        string? previous = context.RequestHeaders.GetValue("grpc-previous-rpc-attempts");
        return failure.Attempts == 0 || int.Parse(previous ?? "0", CultureInfo.InvariantCulture) < failure.Attempts;
    }

    private async Task WaitAsync(Wait kind)
    {
        Seen.Waiting = kind != Wait.None;
        switch (kind)
        {
            case Wait.UntilCancelled:
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                break;
            case Wait.UntilReleased:
                await released;
                break;
            case Wait.None:
                break;
        }
    }
}
