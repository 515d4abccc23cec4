using Google.Protobuf.Reflection;

namespace Grpc.Reflection;

/// <summary>Finds files by their name and by what they declare.</summary>
public class SymbolRegistry
{
    private readonly Dictionary<string, FileDescriptor> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<int, FileDescriptor>> extensions = new(StringComparer.Ordinal);

    private SymbolRegistry()
    {
    }

    /// <summary>A registry of these files and of all that they need.</summary>
    public static SymbolRegistry FromFiles(IEnumerable<FileDescriptor> fileDescriptors)
    {
        ArgumentNullException.ThrowIfNull(fileDescriptors);
        var registry = new SymbolRegistry();
        foreach (FileDescriptor file in fileDescriptors)
        {
            registry.Add(file);
        }

        return registry;
    }

    /// <summary>A file by the name under which it was compiled; null when there is none.</summary>
    public FileDescriptor? FileByName(string filename) => files.GetValueOrDefault(filename);

    /// <summary>The file that declares something of this full name; null when none does.</summary>
    public FileDescriptor? FileContainingSymbol(string symbol) => symbols.GetValueOrDefault(symbol);

    internal FileDescriptor? FileContainingExtension(string message, int number) => extensions.GetValueOrDefault(message)?.GetValueOrDefault(number);

    /// <summary>Numbers in their order; null when no such message is known.</summary>
    internal IEnumerable<int>? ExtensionNumbers(string message) =>
        extensions.TryGetValue(message, out SortedDictionary<int, FileDescriptor>? known) ? known.Keys : symbols.ContainsKey(message) ? [] : null;

    private void Add(FileDescriptor file)
    {
        if (!files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (FileDescriptor dependency in file.Dependencies)
        {
            Add(dependency);
        }

        foreach (MessageDescriptor message in file.MessageTypes)
        {
            Add(message);
        }

        AddEnums(file, file.EnumTypes);
        AddSymbols(file, file.Services);
        AddSymbols(file, file.Services.SelectMany(service => service.Methods));
        AddExtensions(file, file.Extensions);
    }

    private void Add(MessageDescriptor message)
    {
        AddSymbols(message.File, [message]);
        AddSymbols(message.File, message.Fields.InDeclarationOrder());
        AddSymbols(message.File, message.Oneofs);
        AddEnums(message.File, message.EnumTypes);
        AddExtensions(message.File, message.Extensions);
        foreach (MessageDescriptor nested in message.NestedTypes)
        {
            Add(nested);
        }
    }

    private void AddSymbols(FileDescriptor file, IEnumerable<IDescriptor> declared)
    {
        foreach (IDescriptor descriptor in declared)
        {
            symbols[descriptor.FullName] = file;
        }
    }

    private void AddEnums(FileDescriptor file, IEnumerable<EnumDescriptor> declared)
    {
        foreach (EnumDescriptor type in declared)
        {
            symbols[type.FullName] = file;
            // Values stand beside their type, not in it: protobuf scopes them as C++ does, and EnumValueDescriptor.FullName does not.
            string scope = type.FullName[..^type.Name.Length];
            foreach (EnumValueDescriptor value in type.Values)
            {
                symbols[scope + value.Name] = file;
            }
        }
    }

    private void AddExtensions(FileDescriptor file, ExtensionCollection declared)
    {
        foreach (FieldDescriptor extension in declared.UnorderedExtensions)
        {
            symbols[extension.FullName] = file;
            string message = extension.ExtendeeType.FullName;
            if (!extensions.TryGetValue(message, out SortedDictionary<int, FileDescriptor>? known))
            {
                extensions[message] = known = [];
            }

            known[extension.FieldNumber] = file;
        }
    }
}
