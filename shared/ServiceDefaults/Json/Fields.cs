using System.Collections.Concurrent;
using System.Collections.Frozen;
using Google.Protobuf.Reflection;

namespace PromptPlatform.ServiceDefaults.Json;

/// <summary>Fields of a message by their JSON names. Snake case names, which protobuf would also take, are not part of the API.</summary>
internal static class Fields
{
    private static readonly ConcurrentDictionary<MessageDescriptor, FrozenDictionary<string, FieldDescriptor>> s_byName = new();

    public static FieldDescriptor? Find(MessageDescriptor type, string name) => ByName(type).GetValueOrDefault(name);

    public static string Names(MessageDescriptor type) => type.Fields.InDeclarationOrder() is [_, ..] fields ? string.Join(", ", fields.Select(f => f.JsonName)) : "none";

    private static FrozenDictionary<string, FieldDescriptor> ByName(MessageDescriptor type) =>
        s_byName.GetOrAdd(type, static t => t.Fields.InDeclarationOrder().ToFrozenDictionary(f => f.JsonName, StringComparer.Ordinal));
}
