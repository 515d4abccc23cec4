namespace PromptPlatform.ServiceDefaults.Errors;

/// <summary>One wrong field.</summary>
/// <param name="Field">Path of the field in JSON names, parts parted by '/', without a leading '/': <c>locked/0/end</c>.</param>
/// <param name="Problem">What is wrong and how to cure it.</param>
public sealed record FieldError(string Field, string Problem)
{
    /// <summary>The field as a JSON pointer (RFC 6901).</summary>
    public string JsonPointer => "/" + Field;
}
