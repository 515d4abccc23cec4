using Grpc.Core;
using PromptPlatform.Interop.Contract;

namespace PromptPlatform.Interop.Tests.Ours;

/// <summary>Our server's side of the contract.</summary>
internal sealed class MirrorService(ServedCalls calls) : Mirror.MirrorBase
{
    public override Task<Answer> Ask(Order request, ServerCallContext context) => Start(context).RunAsync(async call =>
    {
        await call.CarryOutAsync(request);
        return call.Answer(request);
    });

    public override Task Download(Order request, IServerStreamWriter<Answer> responseStream, ServerCallContext context) =>
        Start(context).RunAsync(async call =>
        {
            await call.CarryOutAsync(request, responseStream, request.Answers);
            return true;
        });

    public override Task<Answer> Upload(IAsyncStreamReader<Order> requestStream, ServerCallContext context) => Start(context).RunAsync(async call =>
    {
        var last = new Order();
        await foreach (Order order in requestStream.ReadAllAsync())
        {
            last = order;
            await call.CarryOutAsync(order);
            if (order.Enough)
            {
                break;
            }
        }

        return call.Answer(last);
    });

    public override Task Chat(IAsyncStreamReader<Order> requestStream, IServerStreamWriter<Answer> responseStream, ServerCallContext context) =>
        Start(context).RunAsync(async call =>
        {
            await foreach (Order order in requestStream.ReadAllAsync())
            {
                await call.CarryOutAsync(order, responseStream, 1);
                if (order.Enough)
                {
                    break;
                }
            }

            return true;
        });

    private ServedCall Start(ServerCallContext context)
    {
        string name = context.RequestHeaders.GetValue(WireLog.NameHeader) ?? "";
        var call = new ServedCall(context, calls.ReleaseOf(name).Task);
        calls.Add(name, call);
        return call;
    }
}
