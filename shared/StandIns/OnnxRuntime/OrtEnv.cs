using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>The process-wide environment. It must exist before a provider is appended; every option class sees to that.</summary>
public sealed class OrtEnv : SafeHandle
{
    private const string DefaultLogId = "OnnxRuntime";

    private static readonly Lock Gate = new();
    private static volatile OrtEnv? single;

    private OrtLoggingLevel level;

    private OrtEnv(in EnvironmentCreationOptions options) : base(0, ownsHandle: true)
    {
        level = options.logLevel ?? OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;
        SetHandle(CreateEnvironment(options, level));
    }

    /// <summary>True once the environment was created.</summary>
    public static bool IsCreated => single is not null;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The one environment, created by the first call.</summary>
    /// <exception cref="DllNotFoundException">The native library is missing; the message says what to run.</exception>
    public static OrtEnv Instance()
    {
        if (single is { } known) return known;
        lock (Gate) return single ??= new OrtEnv(default);
    }

    /// <summary>Creates the one environment with settings, before anything else used it.</summary>
    /// <exception cref="OnnxRuntimeException">It was created before, so that the settings would have no effect.</exception>
    public static OrtEnv CreateInstanceWithOptions(ref EnvironmentCreationOptions options)
    {
        lock (Gate)
        {
            if (single is not null) throw new OnnxRuntimeException(ErrorCode.RuntimeException, "the environment of this process was created before");
            return single = new OrtEnv(options);
        }
    }

    /// <summary>Least severity that is written.</summary>
    public OrtLoggingLevel EnvLogLevel
    {
        get => level;
        set
        {
            OrtTable.Call(OrtSlot.UpdateEnvWithCustomLogLevel, this, (int)value);
            level = value;
        }
    }

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

    /// <summary>Nothing: sessions of the whole process live in it, and it lives as long as the process.</summary>
#pragma warning disable CA2215 // The base would close the handle for everybody.
    protected override void Dispose(bool disposing)
    {
    }
#pragma warning restore CA2215

    /// <inheritdoc cref="Dispose(bool)"/>
    protected override bool ReleaseHandle() => true;

    private static unsafe nint CreateEnvironment(in EnvironmentCreationOptions options, OrtLoggingLevel level)
    {
        using NativeText name = new(string.IsNullOrEmpty(options.logId) ? DefaultLogId : options.logId);
        nint environment;
        if (options.loggingFunction is { } receiver)
        {
            var create = (delegate* unmanaged<nint, nint, int, nint, nint*, nint>)OrtTable.Function(OrtSlot.CreateEnvWithCustomLogger);
            OrtTable.Check(create(LogBridge.Callback(receiver), options.loggingParam ?? 0, (int)level, name.Pointer, &environment));
        }
        else
        {
            var create = (delegate* unmanaged<int, nint, nint*, nint>)OrtTable.Function(OrtSlot.CreateEnv);
            OrtTable.Check(create((int)level, name.Pointer, &environment));
        }

        return environment;
    }
}
