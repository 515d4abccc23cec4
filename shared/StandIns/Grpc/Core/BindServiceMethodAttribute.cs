namespace Grpc.Core;

/// <summary>Tells where the generated bind method of a service base is.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public class BindServiceMethodAttribute(Type bindType, string bindMethodName) : Attribute
{
    /// <summary>The generated class.</summary>
    public Type BindType { get; } = bindType;

    /// <summary>The static method that takes a binder.</summary>
    public string BindMethodName { get; } = bindMethodName;
}
