using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>A zero-terminated copy of a string in native memory, UTF-8 unless it is a path on Windows.</summary>
internal readonly ref struct NativeText(nint pointer)
{
    public NativeText(string text) : this(Marshal.StringToCoTaskMemUTF8(text)) { }

    public nint Pointer { get; } = pointer;

    /// <summary>A file path: the library takes wide characters on Windows.</summary>
    public static NativeText FilePath(string path) =>
        new(OperatingSystem.IsWindows() ? Marshal.StringToCoTaskMemUni(path) : Marshal.StringToCoTaskMemUTF8(path));

    public void Dispose() => Marshal.FreeCoTaskMem(Pointer);
}
