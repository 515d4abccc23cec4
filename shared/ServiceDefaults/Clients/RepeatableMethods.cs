using Google.Api;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace PromptPlatform.ServiceDefaults.Clients;

/// <summary>The methods of a service that may be sent twice: those whose contract says so, by its idempotency level or by a GET binding, and those that the caller names.</summary>
internal static class RepeatableMethods
{
    /// <summary>Full service name and method names. Throws <see cref="ArgumentException"/> for a name that the service lacks.</summary>
    public static (string Service, string[] Methods) Of<TClient>(IReadOnlyCollection<string> named) where TClient : ClientBase
    {
        var service = (ServiceDescriptor)typeof(TClient).DeclaringType!.GetProperty("Descriptor")!.GetValue(null)!;
        if (named.FirstOrDefault(name => service.FindMethodByName(name) is null) is { } unknown)
            throw new ArgumentException($"{service.FullName} has no method {unknown}.", nameof(named));
        return (service.FullName, [.. service.Methods.Where(method => named.Contains(method.Name) || IsSafe(method)).Select(method => method.Name)]);
    }

    private static bool IsSafe(MethodDescriptor method) => method.GetOptions() is { } options
        && (options.IdempotencyLevel is MethodOptions.Types.IdempotencyLevel.NoSideEffects or MethodOptions.Types.IdempotencyLevel.Idempotent
            || options.GetExtension(AnnotationsExtensions.Http) is { PatternCase: HttpRule.PatternOneofCase.Get });
}
