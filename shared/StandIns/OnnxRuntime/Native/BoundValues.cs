namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>The values that a binding keeps alive, by the name of their node.</summary>
internal sealed class BoundValues
{
    private readonly Dictionary<string, ValueHandle> values = [];

    /// <summary>Keeps a value in place of an earlier one of the name.</summary>
    public void Keep(string name, ValueHandle value)
    {
        var added = false;
        value.DangerousAddRef(ref added);
        Drop(name);
        values.Add(name, value);
    }

    public void Drop(string name)
    {
        if (values.Remove(name, out var value)) value.DangerousRelease();
    }

    public void Clear()
    {
        foreach (var value in values.Values) value.DangerousRelease();
        values.Clear();
    }
}
