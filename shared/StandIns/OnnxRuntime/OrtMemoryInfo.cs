using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Which memory a tensor lies in.</summary>
public class OrtMemoryInfo : SafeHandle
{
    /// <summary>Name of ordinary memory's allocator, zero-terminated.</summary>
    public static readonly byte[] allocatorCPU = "Cpu\0"u8.ToArray();

    /// <summary>Name of the allocator of CUDA memory, zero-terminated.</summary>
    public static readonly byte[] allocatorCUDA = "Cuda\0"u8.ToArray();

    /// <summary>Name of the allocator of pinned memory that CUDA reads fast, zero-terminated.</summary>
    public static readonly byte[] allocatorCUDA_PINNED = "CudaPinned\0"u8.ToArray();

    private static readonly Lazy<OrtMemoryInfo> Cpu = new(() => new(allocatorCPU, OrtAllocatorType.DeviceAllocator, 0, OrtMemType.Default));

    private readonly bool owned;

    /// <summary>Memory of a device by the name of its allocator, such as Cpu or Cuda.</summary>
    public OrtMemoryInfo(string allocatorName, OrtAllocatorType allocatorType, int deviceId, OrtMemType memoryType)
        : this(Encoding.UTF8.GetBytes(allocatorName + '\0'), allocatorType, deviceId, memoryType)
    {
    }

    /// <summary>Memory of a device by the zero-terminated name of its allocator, such as <see cref="allocatorCUDA"/>.</summary>
    public OrtMemoryInfo(byte[] utf8AllocatorName, OrtAllocatorType allocatorType, int deviceId, OrtMemType memoryType)
        : this(CreateInfo(utf8AllocatorName, allocatorType, deviceId, memoryType), owned: true)
    {
    }

    internal OrtMemoryInfo(nint info, bool owned) : base(0, ownsHandle: true)
    {
        this.owned = owned;
        SetHandle(info);
    }

    /// <summary>Ordinary memory.</summary>
    public static OrtMemoryInfo DefaultInstance => Cpu.Value;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Name of the allocator.</summary>
    public unsafe string Name
    {
        get
        {
            using Held held = new(this);
            nint name; // Part of the info: it must not be freed by itself.
            OrtTable.Check(((delegate* unmanaged<nint, nint*, nint>)OrtTable.Function(OrtSlot.MemoryInfoGetName))(held.Pointer, &name));
            return Marshal.PtrToStringUTF8(name)!;
        }
    }

    /// <summary>Number of the device.</summary>
    public int Id => OrtTable.Ask(OrtSlot.MemoryInfoGetId, this);

    /// <summary>Kind of memory on the device.</summary>
    public OrtMemType GetMemoryType() => (OrtMemType)OrtTable.Ask(OrtSlot.MemoryInfoGetMemType, this);

    /// <summary>Kind of allocator.</summary>
    public OrtAllocatorType GetAllocatorType() => (OrtAllocatorType)OrtTable.Ask(OrtSlot.MemoryInfoGetType, this);

    /// <summary>True when both stand for the same memory.</summary>
    public unsafe bool Equals(OrtMemoryInfo other)
    {
        ArgumentNullException.ThrowIfNull(other);
        using Held ours = new(this), theirs = new(other);
        int difference;
        OrtTable.Check(((delegate* unmanaged<nint, nint, int*, nint>)OrtTable.Function(OrtSlot.CompareMemoryInfo))(ours.Pointer, theirs.Pointer, &difference));
        return difference == 0;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OrtMemoryInfo other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Id);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        if (owned) OrtTable.Release(OrtSlot.ReleaseMemoryInfo, handle);
        return true;
    }

    private static unsafe nint CreateInfo(byte[] name, OrtAllocatorType allocatorType, int deviceId, OrtMemType memoryType)
    {
        if (name.AsSpan().IndexOf((byte)0) < 0) throw new ArgumentException("the name does not end with a zero", nameof(name));
        _ = OrtEnv.Instance();
        nint info;
        fixed (byte* text = name)
        {
            var create = (delegate* unmanaged<byte*, int, int, int, nint*, nint>)OrtTable.Function(OrtSlot.CreateMemoryInfo);
            OrtTable.Check(create(text, (int)allocatorType, deviceId, (int)memoryType, &info));
        }

        return info;
    }
}
