using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace PromptPlatform.GrpcTransport;

/// <summary>A field of a message by its dotted path, in snake or camel case.</summary>
internal sealed class FieldPath
{
    private readonly IReadOnlyList<FieldDescriptor> fields;

    private FieldPath(string name, IReadOnlyList<FieldDescriptor> fields)
    {
        Name = name;
        this.fields = fields;
    }

    /// <summary>The path in camel case, as callers write it.</summary>
    public string Name { get; }

    public FieldDescriptor Leaf => fields[^1];

    /// <summary>Whether text can be its value: scalars, lists of them, and messages that are text in JSON.</summary>
    public bool TakesText => !Leaf.IsMap && (Leaf.FieldType != FieldType.Message || FieldText.IsTextMessage(Leaf.MessageType));

    /// <summary>Finds the field; throws <see cref="InvalidOperationException"/> when there is none.</summary>
    public static FieldPath Resolve(MessageDescriptor type, string path) =>
        Find(type, path) ?? throw new InvalidOperationException($"{type.FullName} has no field '{path}'.");

    /// <summary>Finds the field; null when there is none.</summary>
    public static FieldPath? Find(MessageDescriptor type, string path)
    {
        var found = new List<FieldDescriptor>();
        MessageDescriptor? current = type;
        foreach (string name in path.Split('.'))
        {
            FieldDescriptor? field = current?.FindFieldByName(name)
                ?? current?.Fields.InDeclarationOrder().FirstOrDefault(candidate => candidate.JsonName == name);
            if (field is null)
            {
                return null;
            }

            found.Add(field);
            current = field.FieldType == FieldType.Message && !field.IsRepeated ? field.MessageType : null;
        }

        return new FieldPath(string.Join('.', found.Select(field => field.JsonName)), found);
    }

    /// <summary>Whether both name the same field, or one lies within the other.</summary>
    public bool Overlaps(FieldPath other) => fields.Zip(other.fields).All(pair => pair.First.FieldNumber == pair.Second.FieldNumber);

    /// <summary>Sets the field from text, in place of what it held; the last value counts unless it is a list. Throws <see cref="FormatException"/>.</summary>
    public void SetText(IMessage message, IReadOnlyList<string> values)
    {
        IMessage owner = Owner(message);
        if (!Leaf.IsRepeated)
        {
            Leaf.Accessor.SetValue(owner, FieldText.Parse(Leaf, values[^1]));
            return;
        }

        var list = (IList)Leaf.Accessor.GetValue(owner);
        list.Clear();
        foreach (string value in values)
        {
            list.Add(FieldText.Parse(Leaf, value));
        }
    }

    public object? Get(IMessage message) => Leaf.Accessor.GetValue(Owner(message));

    private IMessage Owner(IMessage message)
    {
        foreach (FieldDescriptor field in fields.SkipLast(1))
        {
            if (field.Accessor.GetValue(message) is not IMessage next)
            {
                next = (IMessage)Activator.CreateInstance(field.MessageType.ClrType)!;
                field.Accessor.SetValue(message, next);
            }

            message = next;
        }

        return message;
    }
}
