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
    public static void Call(OrtSlot slot, SafeHandle target)
    {
        using Held held = new(target);
        Check(((delegate* unmanaged<nint, nint>)Function(slot))(held.Pointer));
    }

    public static void Call(OrtSlot slot, SafeHandle target, int value)
    {
        using Held held = new(target);
        Check(((delegate* unmanaged<nint, int, nint>)Function(slot))(held.Pointer, value));
    }

    public static void Call(OrtSlot slot, SafeHandle target, nint value)
    {
        using Held held = new(target);
        Check(((delegate* unmanaged<nint, nint, nint>)Function(slot))(held.Pointer, value));
    }

    public static void Call(OrtSlot slot, SafeHandle target, string value)
    {
        using NativeText text = new(value);
        Call(slot, target, text.Pointer);
    }

    public static void Call(OrtSlot slot, SafeHandle target, string key, string value)
    {
        using Held held = new(target);
        using NativeText k = new(key), v = new(value);
        Check(((delegate* unmanaged<nint, nint, nint, nint>)Function(slot))(held.Pointer, k.Pointer, v.Pointer));
    }

    /// <summary>Calls a function that answers `function(object, out number)`.</summary>
    public static int Ask(OrtSlot slot, SafeHandle target)
    {
        using Held held = new(target);
        int answer;
        Check(((delegate* unmanaged<nint, int*, nint>)Function(slot))(held.Pointer, &answer));
        return answer;
    }

    /// <summary>Calls a function that answers `function(object, allocator, out text)`.</summary>
    public static string AskText(OrtSlot slot, nint target)
    {
        nint text;
        Check(((delegate* unmanaged<nint, nint, nint*, nint>)Function(slot))(target, DefaultAllocator, &text));
        return TakeText(text);
    }

    public static nint DefaultAllocator { get; } = Create(OrtSlot.GetAllocatorWithDefaultOptions);

    /// <summary>Copies text that the library allocated and gives its memory back.</summary>
    public static string TakeText(nint text)
    {
        var copy = Marshal.PtrToStringUTF8(text)!;
        Free(text);
        return copy;
    }

    /// <summary>Gives back memory that the library allocated for an answer.</summary>
    public static void Free(nint memory) =>
        Check(((delegate* unmanaged<nint, nint, nint>)Function(OrtSlot.AllocatorFree))(DefaultAllocator, memory));

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
