using Google.Protobuf.Reflection;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.Contracts.Billing.V1;
using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Contracts.Inference.V1;
using PromptPlatform.ServiceDefaults.Identity;
using AnnotationsExtensions = Google.Api.AnnotationsExtensions;
using HttpRule = Google.Api.HttpRule;

namespace PromptPlatform.Gateway.Docs;

/// <summary>One operation of the public API: a method with a <c>google.api.http</c> annotation.</summary>
/// <param name="Method">The RPC.</param>
/// <param name="Verb">HTTP verb in upper case.</param>
/// <param name="Path">Path with parameters in braces.</param>
/// <param name="HasBody">Whether the request message travels as JSON body.</param>
internal sealed record PublicOperation(MethodDescriptor Method, string Verb, string Path, bool HasBody)
{
    /// <summary>The scope that the caller needs; null when anybody may call.</summary>
    public string? Scope => AccessRules.ScopeOf(Method) is var scope && scope == AccessRules.Public ? null : scope;

    /// <summary>The gRPC path.</summary>
    public string GrpcPath => $"/{Method.Service.FullName}/{Method.Name}";

    /// <summary>The service's short name, e.g. <c>enhancement</c>.</summary>
    public string Service => Method.File.Package.Split('.')[1];

    /// <summary>Names of the path's parameters.</summary>
    public IEnumerable<string> PathParameters => Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part[1..part.IndexOf('}', StringComparison.Ordinal)]);

    // In the order in which readers need them.
    private static readonly FileDescriptor[] s_contracts =
    [
        EnhancementReflection.Descriptor, ExperimentDefinitionsReflection.Descriptor, EnhancementPersonalDataReflection.Descriptor,
        CatalogReflection.Descriptor, CatalogPersonalDataReflection.Descriptor,
        AuthReflection.Descriptor, AccountReflection.Descriptor, AuthPersonalDataReflection.Descriptor,
        AnalyticsReflection.Descriptor, ExperimentsReflection.Descriptor, LearningReflection.Descriptor, WebhooksReflection.Descriptor, AnalyticsPersonalDataReflection.Descriptor,
        BillingReflection.Descriptor, InferenceReflection.Descriptor,
    ];

    /// <summary>All of them, sorted by path and verb.</summary>
    public static IReadOnlyList<PublicOperation> All { get; } =
    [
        .. s_contracts
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods)
            .Select(Read)
            .OfType<PublicOperation>()
            .OrderBy(operation => operation.Path, StringComparer.Ordinal)
            .ThenBy(operation => operation.Verb, StringComparer.Ordinal),
    ];

    /// <summary>All of them, service by service.</summary>
    public static IReadOnlyList<IGrouping<string, PublicOperation>> ByService { get; } =
        [.. All.GroupBy(operation => operation.Service).OrderBy(group => Array.IndexOf(s_contracts, group.First().Method.File))];

    private static PublicOperation? Read(MethodDescriptor method)
    {
        if (method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is not { } rule)
            return null;
        var (verb, path) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
            HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
            HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
            HttpRule.PatternOneofCase.Patch => ("PATCH", rule.Patch),
            HttpRule.PatternOneofCase.Delete => ("DELETE", rule.Delete),
            HttpRule.PatternOneofCase.None or HttpRule.PatternOneofCase.Custom => throw new InvalidOperationException($"{method.FullName} has no usual verb"),
            _ => throw new InvalidOperationException($"{method.FullName} has an unknown verb"),
        };
        return new PublicOperation(method, verb, path, rule.Body.Length > 0);
    }
}
