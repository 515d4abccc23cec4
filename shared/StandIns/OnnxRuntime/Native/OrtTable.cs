using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>The function table of the loaded library and the few calls that everything else is made of.</summary>
internal static unsafe class OrtTable
{
    private const uint ApiVersion = 17;

    private static readonly Lazy<Loaded> Library = new(Load);

    public static string Version => Library.Value.Version;

    public static string LibraryPath => Library.Value.Path;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void* Function(OrtSlot slot) => Library.Value.Functions[(int)slot];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check(nint status)
    {
        if (status != 0) Throw(status);
    }

    /// <summary>Calls a `Create…(out handle)` function.</summary>
    public static nint Create(OrtSlot slot)
    {
        nint handle;
        Check(((delegate* unmanaged<nint*, nint>)Function(slot))(&handle));
        return handle;
    }

    /// <summary>Calls a `Release…(handle)` function; those return nothing.</summary>
    public static void Release(OrtSlot slot, nint handle) => ((delegate* unmanaged<nint, void>)Function(slot))(handle);

    /// <summary>Calls a function that takes only the object.</summary>
    public static void Call(OrtSlot slot, nint target) => Check(((delegate* unmanaged<nint, nint>)Function(slot))(target));

    public static void Call(OrtSlot slot, nint target, int value) =>
        Check(((delegate* unmanaged<nint, int, nint>)Function(slot))(target, value));

    public static void Call(OrtSlot slot, nint target, nint value) =>
        Check(((delegate* unmanaged<nint, nint, nint>)Function(slot))(target, value));

    public static void Call(OrtSlot slot, nint target, string key, string value)
    {
        using NativeText k = new(key), v = new(value);
        Check(((delegate* unmanaged<nint, nint, nint, nint>)Function(slot))(target, k.Pointer, v.Pointer));
    }

    public static nint DefaultAllocator { get; } = Create(OrtSlot.GetAllocatorWithDefaultOptions);

    /// <summary>Copies text that the library allocated and gives its memory back.</summary>
    public static string TakeText(nint text)
    {
        var copy = Marshal.PtrToStringUTF8(text)!;
        Call(OrtSlot.AllocatorFree, DefaultAllocator, text);
        return copy;
    }

    private static void Throw(nint status)
    {
        var code = ((delegate* unmanaged<nint, int>)Function(OrtSlot.GetErrorCode))(status);
        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)Function(OrtSlot.GetErrorMessage))(status));
        Release(OrtSlot.ReleaseStatus, status);
        throw new OnnxRuntimeException((ErrorCode)code, message ?? "no message");
    }

    private static Loaded Load()
    {
        var library = LibraryFinder.Load(out var path);
        var getBase = (delegate* unmanaged<ApiBase*>)NativeLibrary.GetExport(library, "OrtGetApiBase");
        var entry = getBase();
        var version = Marshal.PtrToStringUTF8(entry->GetVersionString())!;
        var functions = entry->GetApi(ApiVersion);
        return functions is null
            ? throw new NotSupportedException($"{path} is ONNX Runtime {version}, which lacks API version {ApiVersion}; 1.17 or later is needed.")
            : new Loaded(functions, version, path);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ApiBase
    {
        public delegate* unmanaged<uint, void**> GetApi;
        public delegate* unmanaged<nint> GetVersionString;
    }

    private sealed class Loaded(void** functions, string version, string path)
    {
        public readonly void** Functions = functions;
        public readonly string Version = version;
        public readonly string Path = path;
    }
}
