using System.Buffers;

namespace PromptPlatform.Gateway.Upstreams;

/// <summary>
/// A request body that can be read twice as long as no more than <paramref name="max"/> bytes of it have been read: it keeps what
/// it passes on. It does not read ahead, so a body that nobody has touched can always be sent.
/// </summary>
/// <param name="source">The body as it comes.</param>
/// <param name="max">Bytes that are kept.</param>
/// <param name="announced">Its length where the caller gave one.</param>
internal sealed class ReplayBody(Stream source, int max, long? announced) : Stream
{
    private const int FirstBytes = 4096;
    private byte[] _kept = [];
    private int _length;
    private int _position;
    private bool _tooLong;
    private bool _ended;

    /// <summary>Whether a second reading is certain to be possible, even while the first still goes on.</summary>
    public bool IsWhole => !_tooLong && (_ended || announced <= max);

    /// <summary>Begins again from the first byte; false when too much has been read. Nobody may be reading.</summary>
    public bool TryRewind()
    {
        _position = 0;
        return !_tooLong;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position < _length)
        {
            int again = Math.Min(buffer.Length, _length - _position);
            _kept.AsMemory(_position, again).CopyTo(buffer);
            _position += again;
            return again;
        }
        int read = await source.ReadAsync(buffer, cancellationToken);
        _ended |= read == 0 && !buffer.IsEmpty;
        Keep(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private void Keep(ReadOnlySpan<byte> read)
    {
        if (_tooLong || read.IsEmpty)
            return;
        if (_length + read.Length > max)
        {
            _tooLong = true;
            Release();
            return;
        }
        if (_length + read.Length > _kept.Length)
            Grow(_length + read.Length);
        read.CopyTo(_kept.AsSpan(_length));
        _length += read.Length;
        _position = _length;
    }

    private void Grow(int needed)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, needed));
        _kept.AsSpan(0, _length).CopyTo(larger);
        int length = _length;
        Release();
        (_kept, _length, _position) = (larger, length, length);
    }

    private void Release()
    {
        // Prompts are personal data: the next renter must not find one.
        if (_kept.Length > 0)
            ArrayPool<byte>.Shared.Return(_kept, clearArray: true);
        (_kept, _length, _position) = ([], 0, 0);
    }

    protected override void Dispose(bool disposing)
    {
        Release();
        _tooLong = true;
        base.Dispose(disposing);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("bodies are read asynchronously");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
