using System.Net;
using PromptPlatform.Analytics.Webhooks;

namespace PromptPlatform.Analytics.Tests.Webhooks;

public sealed class PublicAddressTests
{
    [TestCase("0.0.0.0", TestName = "{m}(unspecified)")]
    [TestCase("10.1.2.3", TestName = "{m}(private 10/8)")]
    [TestCase("172.16.0.1", TestName = "{m}(private 172.16/12, first)")]
    [TestCase("172.31.255.255", TestName = "{m}(private 172.16/12, last)")]
    [TestCase("192.168.1.1", TestName = "{m}(private 192.168/16)")]
    [TestCase("100.64.0.1", TestName = "{m}(carrier-grade NAT)")]
    [TestCase("100.100.100.200", TestName = "{m}(metadata of Alibaba)")]
    [TestCase("127.0.0.1", TestName = "{m}(loopback)")]
    [TestCase("127.255.255.254", TestName = "{m}(loopback, far end)")]
    [TestCase("169.254.169.254", TestName = "{m}(metadata of AWS, GCP and Azure)")]
    [TestCase("169.254.170.2", TestName = "{m}(metadata of containers)")]
    [TestCase("168.63.129.16", TestName = "{m}(host of Azure)")]
    [TestCase("192.0.0.192", TestName = "{m}(metadata of Oracle, IETF block)")]
    [TestCase("192.0.2.1", TestName = "{m}(documentation 1)")]
    [TestCase("198.51.100.1", TestName = "{m}(documentation 2)")]
    [TestCase("203.0.113.1", TestName = "{m}(documentation 3)")]
    [TestCase("192.88.99.1", TestName = "{m}(6to4 relay)")]
    [TestCase("198.18.0.1", TestName = "{m}(benchmarking)")]
    [TestCase("224.0.0.1", TestName = "{m}(multicast)")]
    [TestCase("240.0.0.1", TestName = "{m}(reserved)")]
    [TestCase("255.255.255.255", TestName = "{m}(broadcast)")]
    [TestCase("::", TestName = "{m}(IPv6 unspecified)")]
    [TestCase("::1", TestName = "{m}(IPv6 loopback)")]
    [TestCase("::127.0.0.1", TestName = "{m}(IPv4-compatible)")]
    [TestCase("::ffff:127.0.0.1", TestName = "{m}(IPv4-mapped loopback)")]
    [TestCase("::ffff:10.0.0.1", TestName = "{m}(IPv4-mapped private)")]
    [TestCase("::ffff:169.254.169.254", TestName = "{m}(IPv4-mapped metadata)")]
    [TestCase("64:ff9b::a00:1", TestName = "{m}(NAT64 of a private address)")]
    [TestCase("64:ff9b:1::1", TestName = "{m}(local NAT64)")]
    [TestCase("2002:a00:1::", TestName = "{m}(6to4 of a private address)")]
    [TestCase("2001::1", TestName = "{m}(Teredo)")]
    [TestCase("2001:db8::1", TestName = "{m}(IPv6 documentation)")]
    [TestCase("3fff::1", TestName = "{m}(IPv6 documentation, new)")]
    [TestCase("100::1", TestName = "{m}(discard)")]
    [TestCase("fc00::1", TestName = "{m}(unique local)")]
    [TestCase("fd00:ec2::254", TestName = "{m}(IPv6 metadata of AWS)")]
    [TestCase("fe80::1", TestName = "{m}(IPv6 link-local)")]
    [TestCase("fec0::1", TestName = "{m}(site-local)")]
    [TestCase("ff02::1", TestName = "{m}(IPv6 multicast)")]
    public void IsPublic_OfASpecialAddress_IsFalse(string address)
    {
        Assert.That(PublicAddress.IsPublic(IPAddress.Parse(address)), Is.False);
    }

    [TestCase("8.8.8.8")]
    [TestCase("172.15.255.255")]
    [TestCase("172.32.0.0")]
    [TestCase("100.63.255.255")]
    [TestCase("100.128.0.0")]
    [TestCase("223.255.255.255")]
    [TestCase("2606:4700::1111")]
    [TestCase("::ffff:8.8.8.8")]
    [TestCase("64:ff9b::808:808")]
    [TestCase("2002:808:808::1")]
    public void IsPublic_OfAnAddressOfTheInternet_IsTrue(string address)
    {
        Assert.That(PublicAddress.IsPublic(IPAddress.Parse(address)), Is.True);
    }
}
