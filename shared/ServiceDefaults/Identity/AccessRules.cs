using System.Collections.Frozen;
using Google.Protobuf.Reflection;
using PromptPlatform.Contracts.Access.V1;

namespace PromptPlatform.ServiceDefaults.Identity;

/// <summary>The scope of every method, read from the contract. A method that declares none cannot be served.</summary>
public sealed class AccessRules
{
    /// <summary>The scope of methods that need no token.</summary>
    public const string Public = "public";

    private readonly FrozenDictionary<string, string> _scopes;

    /// <summary>Reads the rules of services.</summary>
    public AccessRules(IEnumerable<ServiceDescriptor> services) =>
        _scopes = services.SelectMany(s => s.Methods).ToFrozenDictionary(m => $"/{m.Service.FullName}/{m.Name}", ScopeOf, StringComparer.Ordinal);

    /// <summary>The scope of a method by its gRPC path, <c>/package.Service/Method</c>; null when it is none of ours.</summary>
    public string? Find(string method) => _scopes.GetValueOrDefault(method);

    /// <summary>The scope that a method declares.</summary>
    public static string ScopeOf(MethodDescriptor method)
    {
        string? scope = method.GetOptions()?.GetExtension(AccessExtensions.Scope);
        return string.IsNullOrEmpty(scope) ? throw new InvalidOperationException($"{method.FullName} declares no scope") : scope;
    }
}
