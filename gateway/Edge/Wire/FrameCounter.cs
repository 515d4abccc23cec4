using System.Buffers;
using System.Buffers.Binary;

namespace PromptPlatform.Gateway.Edge.Wire;

/// <summary>
/// Counts the HTTP/2 frames of one connection that carry nothing: neither a request nor bytes of one. They are free to send
/// and cost the server (CVE-2019-9512, -9515, -9518; CONTINUATION floods), and Kestrel bounds only some of them.
/// </summary>
internal sealed class FrameCounter(int maxPerSecond, TimeProvider clock)
{
    // RFC 9113, sections 3.4, 4.1 and 6.
    private const int PrefaceLength = 24;
    private const int HeadLength = 9;
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte EndStream = 1;

    private readonly byte[] _head = new byte[HeadLength];
    private long _windowBegan = clock.GetTimestamp();
    private long _skip = PrefaceLength;
    private int _headBytes;
    private int _idle;

    /// <summary>Reads on. False: there were too many within a second.</summary>
    public bool Read(ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            if (!Read(segment.Span))
                return false;
        }
        return true;
    }

    private bool Read(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_skip > 0)
            {
                int skipped = (int)Math.Min(_skip, bytes.Length);
                _skip -= skipped;
                bytes = bytes[skipped..];
                continue;
            }
            int taken = Math.Min(HeadLength - _headBytes, bytes.Length);
            bytes[..taken].CopyTo(_head.AsSpan(_headBytes));
            _headBytes += taken;
            bytes = bytes[taken..];
            if (_headBytes == HeadLength && !Count())
                return false;
        }
        return true;
    }

    private bool Count()
    {
        int length = BinaryPrimitives.ReadInt32BigEndian(_head) >>> 8;
        (byte type, byte flags) = (_head[3], _head[4]);
        (_skip, _headBytes) = (length, 0);
        bool carries = type == Headers || type == Data && (length > 0 || (flags & EndStream) != 0);
        if (carries || ++_idle <= maxPerSecond)
            return true;
        // The clock is asked only here: the usual connection never comes this far.
        long now = clock.GetTimestamp();
        bool slow = clock.GetElapsedTime(_windowBegan, now) >= TimeSpan.FromSeconds(1);
        (_windowBegan, _idle) = (now, 0);
        return slow;
    }
}
