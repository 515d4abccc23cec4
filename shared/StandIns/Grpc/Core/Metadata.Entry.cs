using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key with one value: text, or bytes when the key ends with "-bin".</summary>
    public class Entry
    {
        private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.");

        private readonly string? text;
        private readonly byte[]? bytes;

        /// <summary>Bytes under a key that ends with "-bin".</summary>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = Normalize(key);
            if (!IsBinary)
            {
                throw new ArgumentException("Key for binary valued metadata entry needs to have suffix indicating binary value.", nameof(key));
            }

            bytes = (byte[])valueBytes.Clone();
        }

        /// <summary>Text of printable ASCII.</summary>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = Normalize(key);
            if (IsBinary)
            {
                throw new ArgumentException("Key for ASCII valued metadata entry cannot have suffix indicating binary value.", nameof(key));
            }

            if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                throw new ArgumentException("Metadata value can only contain printable ASCII characters.", nameof(value));
            }

            text = value;
        }

        // From the wire: the key is lower case already and the value is taken as it came.
        internal Entry(string key, string? text, byte[]? bytes)
        {
            Key = key;
            this.text = text;
            this.bytes = bytes;
        }

        /// <summary>The key in lower case.</summary>
        public string Key { get; }

        /// <summary>Whether the value is bytes.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>The value as text; bytes are read as ASCII.</summary>
        public string Value => text ?? Encoding.ASCII.GetString(bytes!);

        /// <summary>A copy of the value as bytes.</summary>
        public byte[] ValueBytes => bytes is null ? Encoding.ASCII.GetBytes(text!) : (byte[])bytes.Clone();

        internal string WireValue => text ?? Convert.ToBase64String(bytes!).TrimEnd('=');

        /// <inheritdoc/>
        public override string ToString() => IsBinary
            ? $"[Entry: key={Key}, valueBytes={Convert.ToHexString(bytes!)}]"
            : $"[Entry: key={Key}, value={text}]";

        // CA1308: metadata keys are lower case on the wire.
#pragma warning disable CA1308
        private static string Normalize(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            string lower = key.ToLowerInvariant();
            return lower.Length > 0 && !lower.AsSpan().ContainsAnyExcept(KeyCharacters)
                ? lower
                : throw new ArgumentException($"Metadata entry key not valid: '{key}'.", nameof(key));
        }
#pragma warning restore CA1308
    }
}
