using System.Globalization;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;
using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.ServiceDefaults.Json;

/// <summary>
/// Checks the query of a transcoded call as strictly as its body: parameters that the request does not have, are given twice
/// or are no number where one is wanted are 400 and named.
/// </summary>
public sealed class StrictQueryMiddleware(RequestDelegate next)
{
    /// <summary>Runs the request.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is { } method)
            Check(http.Request.Query, method);
        return next(http);
    }

    private static void Check(IQueryCollection query, GrpcJsonTranscodingMetadata method)
    {
        var type = method.MethodDescriptor.InputType;
        foreach (var (name, values) in query)
        {
            if (method.HttpRule.Body == "*")
                throw RequestException.Invalid(name, "is no parameter of this operation, which takes its fields in the body");
            var field = Fields.Find(type, name) ?? throw RequestException.Invalid(name, $"is not a known parameter; known are {Fields.Names(type)}");
            if (values.Count > 1 && !field.IsRepeated)
                throw RequestException.Invalid(name, "is given twice; send it once");
            if (Wanted(field.FieldType) is var (wanted, fits) && values.FirstOrDefault(v => !fits(v ?? "")) is not null)
                throw RequestException.Invalid(name, $"must be {wanted}");
        }
    }

    private static (string Wanted, Func<string, bool> Fits)? Wanted(FieldType type) => type switch
    {
        FieldType.Int32 => ("a whole number", text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)),
        FieldType.Int64 => ("a whole number", text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)),
        FieldType.Double => ("a number", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)),
        FieldType.Bool => ("true or false", text => text is "true" or "false"),
        _ => null,
    };
}
