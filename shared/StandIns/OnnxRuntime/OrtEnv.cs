using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>The process-wide environment. It must exist before a provider is appended; every option class sees to that.</summary>
public sealed class OrtEnv : SafeHandle
{
    private static readonly Lazy<OrtEnv> Single = new(() => new OrtEnv());

    private OrtEnv() : base(0, ownsHandle: true) => SetHandle(CreateEnvironment());

    /// <summary>True once the environment was created.</summary>
    public static bool IsCreated => Single.IsValueCreated;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The one environment, created by the first call.</summary>
    /// <exception cref="DllNotFoundException">The native library is missing; the message says what to run.</exception>
    public static OrtEnv Instance() => Single.Value;

    /// <summary>Version of the native library, such as 1.30.0.</summary>
    public string GetVersionString() => OrtTable.Version;

    /// <summary>Execution providers that the library was built with.</summary>
    public unsafe string[] GetAvailableProviders()
    {
        nint* names;
        int count;
        OrtTable.Check(((delegate* unmanaged<nint**, int*, nint>)OrtTable.Function(OrtSlot.GetAvailableProviders))(&names, &count));
        var providers = new string[count];
        for (var i = 0; i < count; i++) providers[i] = Marshal.PtrToStringUTF8(names[i])!;
        OrtTable.Check(((delegate* unmanaged<nint*, int, nint>)OrtTable.Function(OrtSlot.ReleaseAvailableProviders))(names, count));
        return providers;
    }

    internal nint Pointer => handle;

    /// <summary>Nothing: sessions of the whole process live in it, and it lives as long as the process.</summary>
    protected override bool ReleaseHandle() => true;

    private static unsafe nint CreateEnvironment()
    {
        using NativeText name = new("PromptPlatform");
        nint environment;
        var create = (delegate* unmanaged<int, nint, nint*, nint>)OrtTable.Function(OrtSlot.CreateEnv);
        OrtTable.Check(create((int)OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, name.Pointer, &environment));
        return environment;
    }
}
