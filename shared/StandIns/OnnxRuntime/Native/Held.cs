using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>Keeps a native object alive while a call uses it, even when another thread disposes it meanwhile.</summary>
internal readonly ref struct Held
{
    private readonly SafeHandle? handle;

    /// <param name="handle">Null stands for the null pointer.</param>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public Held(SafeHandle? handle)
    {
        var added = false;
        handle?.DangerousAddRef(ref added);
        this.handle = handle;
    }

    public nint Pointer => handle?.DangerousGetHandle() ?? 0;

    public void Dispose() => handle?.DangerousRelease();
}
