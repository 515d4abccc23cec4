using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace PromptPlatform.ServiceDefaults.Errors;

/// <summary><see cref="RequestException"/> to and from gRPC: google.rpc.Status with ErrorInfo, BadRequest and RetryInfo details (AIP-193).</summary>
public static class RequestExceptionWire
{
    private const string Domain = "promptplatform";

    /// <summary>The exception that the gRPC server sends.</summary>
    public static RpcException ToRpcException(this RequestException error)
    {
        var status = new RpcStatus { Code = (int)FaultStatus.Grpc(error.Fault), Message = error.Message };
        status.Details.Add(Any.Pack(ErrorReason.Write(error.Code, Domain)));
        if (error.Errors.Count > 0)
        {
            var fields = new BadRequest();
            fields.FieldViolations.AddRange(error.Errors.Select(e => new BadRequest.Types.FieldViolation { Field = e.Field, Description = e.Problem }));
            status.Details.Add(Any.Pack(fields));
        }
        if (error.RetryAfter is { } wait)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = wait.ToDuration() }));
        return status.ToRpcException();
    }

    /// <summary>What a peer's failure means to us.</summary>
    public static RequestException ToRequestException(this RpcException error)
    {
        var status = error.GetRpcStatus();
        var fault = FaultStatus.FromGrpc(error.StatusCode);
        string code = ErrorReason.Read(status?.GetDetail<ErrorInfo>()) ?? FaultStatus.CodeOf(FaultStatus.Http(fault));
        var fields = status?.GetDetail<BadRequest>()?.FieldViolations.Select(v => new FieldError(v.Field, v.Description)).ToArray() ?? [];
        var wait = status?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan();
        return RequestException.FromPeer(fault, code, error.Status.Detail, fields, wait, error);
    }
}
