using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Allocates tensors in the memory of a device.</summary>
public class OrtAllocator : SafeHandle
{
    private static readonly Lazy<OrtAllocator> Cpu = new(() => new(OrtTable.DefaultAllocator, owner: null));

    // The library frees a session's allocators with the session.
    private readonly SessionHandle? owner;

    /// <summary>The allocator of a session for a memory, such as that of the GPU it runs on.</summary>
    /// <exception cref="OnnxRuntimeException">The session has no provider for that memory.</exception>
    public OrtAllocator(InferenceSession session, OrtMemoryInfo memInfo) : this(CreateFor(session, memInfo), session.Handle)
    {
    }

    private OrtAllocator(nint allocator, SessionHandle? owner) : base(0, ownsHandle: true)
    {
        var added = false;
        owner?.DangerousAddRef(ref added);
        this.owner = owner;
        SetHandle(allocator);
    }

    /// <summary>The allocator of ordinary memory.</summary>
    public static OrtAllocator DefaultInstance => Cpu.Value;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The memory that it allocates. Good until the allocator is disposed.</summary>
    public unsafe OrtMemoryInfo Info
    {
        get
        {
            using Held held = new(this);
            nint info;
            OrtTable.Check(((delegate* unmanaged<nint, nint*, nint>)OrtTable.Function(OrtSlot.AllocatorGetInfo))(held.Pointer, &info));
            return new(info, owned: false);
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        // The default allocator belongs to the library.
        if (owner is null) return true;
        OrtTable.Release(OrtSlot.ReleaseAllocator, handle);
        owner.DangerousRelease();
        return true;
    }

    private static unsafe nint CreateFor(InferenceSession session, OrtMemoryInfo memInfo)
    {
        using Held opened = new(session.Handle), info = new(memInfo);
        nint allocator;
        var create = (delegate* unmanaged<nint, nint, nint*, nint>)OrtTable.Function(OrtSlot.CreateAllocator);
        OrtTable.Check(create(opened.Pointer, info.Pointer, &allocator));
        return allocator;
    }
}
