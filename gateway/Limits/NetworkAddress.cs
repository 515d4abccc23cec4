using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace PromptPlatform.Gateway.Limits;

/// <summary>Who an unknown caller is to the limiter: an IPv4 address, or the /64 of an IPv6 one, since a host owns at least that.</summary>
internal static class NetworkAddress
{
    /// <summary>The owner of the bucket; zero without an address (Unix sockets).</summary>
    public static UInt128 Of(IPAddress? address)
    {
        if (address is null)
            return UInt128.Zero;
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6)
        {
            address.TryWriteBytes(bytes, out _);
            bytes[8..].Clear();
        }
        else
        {
            (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).TryWriteBytes(bytes[12..], out _);
        }
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
