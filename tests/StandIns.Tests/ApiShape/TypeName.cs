using System.Globalization;
using System.Reflection;

namespace PromptPlatform.StandIns.Tests.ApiShape;

/// <summary>Types and parameters as they are written in C#, with full names.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int",
        [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(nint)] = "nint", [typeof(nuint)] = "nuint", [typeof(decimal)] = "decimal",
    };

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsGenericParameter) return type.Name;
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsPointer) return Of(type.GetElementType()!) + "*";
        if (Nullable.GetUnderlyingType(type) is { } value) return Of(value) + "?";

        // The arguments of a nested type start with those of the types around it.
        var outer = type.DeclaringType;
        var inherited = outer?.GetGenericArguments().Length ?? 0;
        var arguments = type.GetGenericArguments();
        var prefix = outer is null ? type.Namespace + "." : Of(inherited == 0 ? outer : outer.MakeGenericType(arguments[..inherited])) + ".";
        return prefix + Simple(type) + Arguments(arguments[inherited..]);
    }

    public static string Of(ParameterInfo returned) =>
        returned.ParameterType.IsByRef ? "ref " + Of(returned.ParameterType.GetElementType()!) : Of(returned.ParameterType);

    public static string Simple(Type type) => type.Name.Split('`')[0];

    public static string Arguments(IReadOnlyCollection<Type> arguments) => arguments.Count == 0 ? "" : $"<{string.Join(", ", arguments.Select(Of))}>";

    public static string Parameter(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var passing = parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params "
            : !type.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        var name = Of(type.IsByRef ? type.GetElementType()! : type);
        var fallback = parameter.HasDefaultValue ? " = " + Default(parameter) : "";
        return $"{passing}{name} {parameter.Name}{fallback}";
    }

    public static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    public static string Constraints(MemberInfo member)
    {
        var parameters = member is MethodInfo method ? method.GetGenericArguments() : ((Type)member).GetGenericArguments();
        return string.Concat(parameters.Select(Constraint));
    }

    private static string Default(ParameterInfo parameter) =>
        parameter.RawDefaultValue is null && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? "default"
            : Literal(parameter.RawDefaultValue);

    private static string Constraint(Type parameter)
    {
        if (!parameter.IsGenericParameter) return "";
        var flags = parameter.GenericParameterAttributes;
        List<string> demands = [];
        var isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (isStruct) demands.Add(parameter.GetCustomAttributesData().Any(data => data.AttributeType.Name == "IsUnmanagedAttribute") ? "unmanaged" : "struct");
        if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) demands.Add("class");
        demands.AddRange(parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Of).Order(StringComparer.Ordinal));
        if (flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct) demands.Add("new()");
        return demands.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", demands)}";
    }
}
