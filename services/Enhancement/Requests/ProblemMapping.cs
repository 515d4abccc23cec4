using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Enhancement.Requests;

/// <summary>An item's error as problem details.</summary>
internal static class ProblemMapping
{
    public static Problem ToProblem(RequestException error)
    {
        int status = FaultStatus.Http(error.Fault);
        var problem = new Problem
        {
            Type = ProblemDocument.TypeOf(error.Code),
            Title = FaultStatus.Title(status),
            Status = status,
            Detail = error.Message,
            Code = error.Code,
        };
        problem.Errors.AddRange(error.Errors.Select(e => new FieldProblem { Pointer = e.JsonPointer, Detail = e.Problem }));
        return problem;
    }
}
