using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Plans;

namespace PromptPlatform.Interop.Tests.Ours;

/// <summary>Makes the call that a plan describes with our client and tells what came of it.</summary>
internal sealed class OurCall(CallPlan plan)
{
    private const int AnswersKept = 64;

    private readonly OurRequest request = new(plan);

    private readonly CancellationTokenSource cancel = new();
    private readonly CancellationTokenSource over = new();
    private readonly SemaphoreSlim maySend = new(0);
    private readonly List<JsonElement> answers = [];
    private int answerCount;
    private long payloadBytes;
    private int payloadSum;

    public async Task<Outcome> RunAsync(CallInvoker invoker)
    {
        try
        {
            return await FollowAsync(OpenCall.Start(invoker, request.Method(), plan.Options.Authority, request.Options(cancel.Token), request.First));
        }
        catch (ArgumentException e)
        {
            return new Outcome { Refused = e.Message };
        }
    }

    public Task CancelAsync() => cancel.CancelAsync();

    private async Task<Outcome> FollowAsync(OpenCall call)
    {
        using OpenCall _ = call;
        if (plan.CancelAtOnce)
        {
            await cancel.CancelAsync();
        }

        Task<StatusCode?> sending = call.Requests is { } requests ? SendAsync(call, requests) : Task.FromResult<StatusCode?>(null);
        Metadata? headers = null;
        Status status;
        Metadata trailers;
        try
        {
            headers = await call.Headers;
            if (plan.CancelOnHeaders)
            {
                await cancel.CancelAsync();
            }

            await foreach (IMessage answer in call.Answers())
            {
                await TakeAsync(answer);
            }

            (status, trailers) = (call.Status(), call.Trailers());
        }
        catch (RpcException e)
        {
            (status, trailers) = (e.Status, e.Trailers);
        }

        await over.CancelAsync();
        return new Outcome
        {
            Code = status.StatusCode,
            Details = status.Detail,
            Headers = headers is null ? null : Pairs(headers),
            Trailers = Pairs(trailers),
            Answers = answers,
            AnswerCount = answerCount,
            PayloadBytes = payloadBytes,
            PayloadSum = payloadSum,
            WriteFailure = await sending,
        };
    }

    private async Task TakeAsync(IMessage answer)
    {
        if (answer is Answer { Payload.Length: > 0 } filled)
        {
            payloadBytes += filled.Payload.Length;
            payloadSum = Filling.Add(payloadSum, filled.Payload.Span);
            filled.Payload = ByteString.Empty;
        }

        if (answers.Count < AnswersKept)
        {
            answers.Add(JsonElement.Parse(JsonFormatter.Default.Format(answer)));
        }

        if (++answerCount == plan.CancelAfterAnswers)
        {
            await cancel.CancelAsync();
        }

        maySend.Release();
    }

    // What a failed write told; null when none failed.
    private async Task<StatusCode?> SendAsync(OpenCall call, IClientStreamWriter<IMessage> requests)
    {
        try
        {
            bool first = true;
            foreach (IMessage message in request.Messages)
            {
                if (!first && plan.PingPong)
                {
                    await maySend.WaitAsync(over.Token);
                }

                first = false;
                await requests.WriteAsync(message);
            }

            if (plan.PingPong)
            {
                await maySend.WaitAsync(over.Token);
            }

            if (plan.Hold)
            {
                await Task.Delay(Timeout.Infinite, over.Token);
            }

            await requests.CompleteAsync();
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
        catch (InvalidOperationException) when (call.HasEnded)
        {
            // The server said OK before it had all requests.
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The call ended while its requests were held back, as the plan says.
        }

        return null;
    }

    private static IReadOnlyList<string[]> Pairs(Metadata metadata) =>
        [.. metadata.Select(entry => new[] { entry.Key, entry.IsBinary ? Convert.ToBase64String(entry.ValueBytes) : entry.Value })];
}
