using System.Reflection;
using System.Runtime.CompilerServices;

namespace PromptPlatform.StandIns.Tests.ApiShape;

/// <summary>
/// The public and protected API of an assembly as lines of text, one per type and one per member. Left out: overrides, attributes and
/// the nullability of references, which callers do not bind to.
/// </summary>
internal static class ApiSignatures
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Types in the order of their names, each followed by its members.</summary>
    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetTypes().Where(IsVisible).OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Of);

    public static IEnumerable<string> Of(Type type)
    {
        yield return TypeLine(type);
        if (typeof(Delegate).IsAssignableFrom(type)) yield break;
        var members = type.IsEnum
            ? type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), null)}")
            : type.GetMembers(Declared).Select(MemberLine).OfType<string>();
        foreach (var member in members.Order(StringComparer.Ordinal)) yield return $"{TypeName.Of(type)} :: {member}";
    }

    public static bool IsVisible(Type type) =>
        (type.IsPublic || ((type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)))
        && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static string TypeLine(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"delegate {TypeName.Of(invoke.ReturnParameter)} {TypeName.Of(type)}({Parameters(invoke)}){TypeName.Constraints(type)}";
        }

        if (type.IsEnum) return $"enum {TypeName.Of(type)} : {TypeName.Of(type.GetEnumUnderlyingType())}";
        var kind = type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        var bases = type.GetInterfaces().Where(IsVisible).Select(TypeName.Of).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)) bases.Insert(0, TypeName.Of(parent));
        return $"{kind} {TypeName.Of(type)}{(bases.Count == 0 ? "" : " : " + string.Join(", ", bases))}{TypeName.Constraints(type)}";
    }

    private static string? MemberLine(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } made when Access(made) is { } access => $"{access}{TypeName.Simple(made.DeclaringType!)}({Parameters(made)})",
        FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly => FieldLine(field),
        PropertyInfo property => PropertyLine(property),
        EventInfo { AddMethod: { } add } raised when Access(add) is { } access => $"{access}{Modifiers(add)}event {TypeName.Of(raised.EventHandlerType!)} {raised.Name}",
        MethodInfo method when Access(method) is { } access && IsOwn(method) => MethodLine(method, access),
        _ => null,
    };

    private static string FieldLine(FieldInfo field)
    {
        var kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var value = field.IsLiteral ? " = " + TypeName.Literal(field.GetRawConstantValue()) : "";
        return $"{(field.IsPublic ? "" : "protected ")}{kind}{TypeName.Of(field.FieldType)} {field.Name}{value}";
    }

    private static string? PropertyLine(PropertyInfo property)
    {
        MethodInfo?[] accessors = [property.GetMethod, property.SetMethod];
        var seen = accessors.OfType<MethodInfo>().Where(accessor => Access(accessor) is not null).ToArray();
        if (seen.Length == 0 || !seen.Any(accessor => accessor.GetBaseDefinition() == accessor)) return null;
        var access = seen.Any(accessor => accessor.IsPublic) ? "" : "protected ";
        var parts = seen.Select(accessor => (accessor.IsPublic || access.Length > 0 ? "" : "protected ") + (accessor == property.GetMethod ? "get; " : Setter(accessor)));
        var name = property.GetIndexParameters().Length == 0 ? property.Name : $"this[{string.Join(", ", property.GetIndexParameters().Select(TypeName.Parameter))}]";
        return $"{access}{Modifiers(seen[0])}{TypeName.Of(property.PropertyType)} {name} {{ {string.Concat(parts)}}}";
    }

    private static string Setter(MethodInfo accessor) =>
        accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; ";

    private static string MethodLine(MethodInfo method, string access) =>
        $"{access}{Modifiers(method)}{TypeName.Of(method.ReturnParameter)} {method.Name}{TypeName.Arguments(method.GetGenericArguments())}({Parameters(method)}){TypeName.Constraints(method)}";

    private static bool IsOwn(MethodInfo method) =>
        (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && method.GetBaseDefinition() == method;

    private static string? Access(MethodBase method) => method.IsPublic ? "" : method.IsFamily || method.IsFamilyOrAssembly ? "protected " : null;

    private static string Modifiers(MethodInfo method) =>
        method.IsStatic ? "static " : method.DeclaringType!.IsInterface ? "" : method.IsAbstract ? "abstract " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "") + string.Join(", ", method.GetParameters().Select(TypeName.Parameter));
}
