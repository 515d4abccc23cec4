using Google.Api;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PromptPlatform.StandIns.Tests.Echo;

namespace PromptPlatform.StandIns.Tests.Support;

/// <summary>Answers what the tests need; the behaviour of a request says which way.</summary>
public sealed class EchoServer(EchoProbe probe) : EchoService.EchoServiceBase
{
    public override async Task<SayResponse> Say(SayRequest request, ServerCallContext context)
    {
        probe.Calls.Enqueue(context.Method);
        probe.Headers = context.RequestHeaders;
        probe.Deadline = context.Deadline;
        switch (request.Behaviour)
        {
            case "details":
                throw new Google.Rpc.Status
                {
                    Code = (int)StatusCode.InvalidArgument,
                    Message = "text: is empty — schlägt fehl",
                    Details = { Any.Pack(new Google.Rpc.ErrorInfo { Type = "EMPTY", Domain = "tests" }) },
                }.ToRpcException();
            case "throw":
                throw new InvalidOperationException("secret of the handler");
            case "not-found":
                throw new RpcException(new Status(StatusCode.NotFound, "100% lost:\n\"größer\""), new Metadata { { "why", "gone" } });
            case "set-status":
                context.Status = new Status(StatusCode.Aborted, "set");
                return new SayResponse();
            case "null":
                return null!;
            case "hang":
                await Hang(context.CancellationToken);
                break;
            case "ignore-deadline":
                await probe.Released.Task;
                break;
            case "metadata":
                await context.WriteResponseHeadersAsync(new Metadata { { "answer", "42" }, { "raw-bin", [0, 1, 255] } });
                context.ResponseTrailers.Add("after", "all");
                context.ResponseTrailers.Add("tail-bin", [9, 8]);
                break;
            case "headers-then-fail":
                await context.WriteResponseHeadersAsync(new Metadata { { "answer", "42" } });
                throw new RpcException(new Status(StatusCode.NotFound, "after the headers"));
            case "big":
                return new SayResponse { Text = new string('x', request.Times) };
            default:
                break;
        }

        return new SayResponse { Text = request.Text, Request = request, Big = request.Big, Tags = { request.Tags } };
    }

    public override Task<SayResponse> Shout(SayRequest request, ServerCallContext context) =>
        Task.FromResult(new SayResponse { Text = request.Text.ToUpperInvariant() });

    public override Task<SayResponse> Fork(SayRequest request, ServerCallContext context) =>
        Task.FromResult(new SayResponse { Text = "fork of " + request.Text });

    public override Task<SayResponse> Find(SayRequest request, ServerCallContext context) =>
        Task.FromResult(new SayResponse { Text = request.Text });

    public override async Task Count(CountRequest request, IServerStreamWriter<SayResponse> responseStream, ServerCallContext context)
    {
        try
        {
            for (int number = 1; number <= request.To; number++)
            {
                if (number == request.FailAt)
                {
                    throw new RpcException(new Status(StatusCode.DataLoss, "lost at " + number));
                }

                string text = request.Size > 0 ? new string('x', request.Size) : number.ToString(System.Globalization.CultureInfo.InvariantCulture);
                await responseStream.WriteAsync(new SayResponse { Text = text });
                if (request.PauseMs > 0)
                {
                    await Hang(context.CancellationToken);
                }
            }
        }
        finally
        {
            probe.Ended.TrySetResult();
        }
    }

    public override Task<HttpBody> Download(CountRequest request, ServerCallContext context) =>
        Task.FromResult(new HttpBody { ContentType = "text/csv", Data = ByteString.CopyFromUtf8("number\n" + request.To + "\n") });

    public override async Task Export(CountRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        for (int number = 1; number <= request.To; number++)
        {
            if (number == request.FailAt)
            {
                throw new RpcException(new Status(StatusCode.NotFound, "lost at " + number));
            }

            await responseStream.WriteAsync(new HttpBody { ContentType = "text/csv", Data = ByteString.CopyFromUtf8(number + "\n") });
        }
    }

    public override async Task<SayResponse> Sum(IAsyncStreamReader<SayRequest> requestStream, ServerCallContext context)
    {
        int sum = 0;
        try
        {
            await foreach (SayRequest request in requestStream.ReadAllAsync())
            {
                probe.Calls.Enqueue("Sum");
                if (request.Behaviour == "fail")
                {
                    throw new RpcException(new Status(StatusCode.FailedPrecondition, "enough"));
                }

                sum += request.Times;
            }

            probe.Events.Enqueue("whole stream");
        }
        finally
        {
            probe.Ended.TrySetResult();
        }

        return new SayResponse { Big = sum };
    }

    public override async Task Chat(IAsyncStreamReader<SayRequest> requestStream, IServerStreamWriter<SayResponse> responseStream, ServerCallContext context)
    {
        try
        {
            await foreach (SayRequest request in requestStream.ReadAllAsync(context.CancellationToken))
            {
                await responseStream.WriteAsync(new SayResponse { Text = "re: " + request.Text });
            }
        }
        finally
        {
            probe.ChatEnded.TrySetResult();
        }
    }

    private async Task Hang(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            probe.Cancelled.TrySetResult();
            throw;
        }
    }
}
