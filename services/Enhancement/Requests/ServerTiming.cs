using System.Globalization;
using Grpc.Core;
using PromptPlatform.Contracts.Enhancement.V1;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>The header <c>Server-Timing</c> (W3C Server Timing) with the stages of an enhancement, in milliseconds.</summary>
internal static class ServerTiming
{
    public static void Write(ServerCallContext call, Timings timings, double? storeMs)
    {
        string stages = string.Create(CultureInfo.InvariantCulture, $"classify;dur={timings.ClassifyMs}, select;dur={timings.SelectMs}, compose;dur={timings.ComposeMs}");
        if (storeMs is not null)
            stages += string.Create(CultureInfo.InvariantCulture, $", store;dur={storeMs}");
        call.GetHttpContext().Response.Headers["Server-Timing"] = stages;
    }
}
