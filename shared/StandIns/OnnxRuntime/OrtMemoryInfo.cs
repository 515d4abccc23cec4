using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Which memory a tensor lies in.</summary>
public class OrtMemoryInfo : SafeHandle
{
    private static readonly Lazy<OrtMemoryInfo> Cpu = new(() => new("Cpu", OrtAllocatorType.DeviceAllocator, 0, OrtMemType.Default));

    /// <summary>Memory of a device by the name of its allocator, such as Cpu or Cuda.</summary>
    public OrtMemoryInfo(string allocatorName, OrtAllocatorType allocatorType, int deviceId, OrtMemType memoryType)
        : base(0, ownsHandle: true) => SetHandle(CreateInfo(allocatorName, allocatorType, deviceId, memoryType));

    /// <summary>Ordinary memory.</summary>
    public static OrtMemoryInfo DefaultInstance => Cpu.Value;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    internal nint Pointer => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtTable.Release(OrtSlot.ReleaseMemoryInfo, handle);
        return true;
    }

    private static unsafe nint CreateInfo(string allocatorName, OrtAllocatorType allocatorType, int deviceId, OrtMemType memoryType)
    {
        _ = OrtEnv.Instance();
        using NativeText name = new(allocatorName);
        nint info;
        var create = (delegate* unmanaged<nint, int, int, int, nint*, nint>)OrtTable.Function(OrtSlot.CreateMemoryInfo);
        OrtTable.Check(create(name.Pointer, (int)allocatorType, deviceId, (int)memoryType, &info));
        return info;
    }
}
