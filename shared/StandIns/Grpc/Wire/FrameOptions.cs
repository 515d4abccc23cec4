using System.IO.Compression;

namespace PromptPlatform.GrpcTransport;

/// <summary>How one message is framed: compressed by gzip or not, and the limit in bytes on the wire.</summary>
internal readonly record struct FrameOptions(bool Compress, CompressionLevel Level, int MaxSize);
