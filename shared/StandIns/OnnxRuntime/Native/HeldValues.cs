namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>Keeps the values of a Run alive until it ends, without allocating.</summary>
internal ref struct HeldValues
{
    private readonly IReadOnlyList<OrtValue> values;
    private int count;

    /// <param name="values">The values, at least as many as there are places.</param>
    /// <param name="pointers">Receives their native pointers.</param>
    /// <exception cref="ObjectDisposedException">One of them was disposed.</exception>
    public HeldValues(IReadOnlyList<OrtValue> values, Span<nint> pointers)
    {
        this.values = values;
        try
        {
            for (; count < pointers.Length; count++) pointers[count] = values[count].Handle.Hold();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (count > 0) values[--count].Handle.DangerousRelease();
    }
}
