using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PromptPlatform.Gateway.Upstreams;
using PromptPlatform.TestKit;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace PromptPlatform.Gateway.Tests.Upstreams;

internal sealed class AddressResolverTests
{
    private readonly TestClock _clock = new();
    private readonly FakeNames _names = new();

    [Test]
    public async Task Settings_WithSeveralAddresses_AreAsManyReplicas()
    {
        var resolved = await ResolveAsync(("services:catalog:http:0", "http://10.0.0.1:1"), ("services:catalog:http:1", "http://10.0.0.2:1"), ("services:catalog:grpc:0", "http://10.0.0.3:1"));

        Assert.That(resolved.Destinations.Select(d => d.Value.Address), Is.EqualTo(new[] { "http://10.0.0.1:1", "http://10.0.0.2:1" }));
        Assert.That(resolved.ChangeToken, Is.Null);
    }

    [Test]
    public async Task Name_WithSeveralAddresses_IsAReplicaForEachOfOneFamilyThatKeepsItsName()
    {
        _names.Known["catalog"] = ["10.0.0.2", "10.0.0.1", "fd00::1"];

        var resolved = await ResolveAsync(("services:catalog:http:0", "https://catalog:8443"));

        Assert.That(resolved.Destinations.Keys, Is.EqualTo(new[] { "0[10.0.0.1]", "0[10.0.0.2]" }));
        Assert.That(resolved.Destinations["0[10.0.0.1]"].Address, Is.EqualTo("https://10.0.0.1:8443/"));
        Assert.That(resolved.Destinations.Values.Select(d => d.Host), Has.All.EqualTo("catalog:8443"));
    }

    [TestCase("http://localhost:5200")]
    [TestCase("http://127.0.0.1:5200")]
    [TestCase("http://one:5200")]
    public async Task Name_OfOneReplica_StaysAsItIs(string address)
    {
        _names.Known["localhost"] = ["127.0.0.1", "127.0.0.2"];
        _names.Known["one"] = ["10.0.0.1"];

        var resolved = await ResolveAsync(("services:catalog:http:0", address));

        Assert.That(resolved.Destinations["0"].Address, Is.EqualTo(address));
    }

    [Test]
    public async Task Name_IsLookedUpAgain()
    {
        _names.Known["catalog"] = ["10.0.0.1", "10.0.0.2"];
        var resolved = await ResolveAsync(("services:catalog:http:0", "http://catalog"));

        bool before = resolved.ChangeToken!.HasChanged;
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.That((before, resolved.ChangeToken.HasChanged), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Name_ThatIsNotFoundAnyMore_KeepsItsLastAddresses()
    {
        var resolver = Resolver(("services:catalog:http:0", "http://catalog"));
        _names.Known["catalog"] = ["10.0.0.1", "10.0.0.2"];
        var before = await ResolveAsync(resolver);
        _names.Known.Clear();

        var after = await ResolveAsync(resolver);

        Assert.That(after.Destinations.Keys, Is.EqualTo(before.Destinations.Keys));
    }

    [Test]
    public async Task Name_ThatWasNeverFound_IsLeftToTheTransport()
    {
        var resolved = await ResolveAsync(("services:catalog:http:0", "http://catalog"));

        Assert.That(resolved.Destinations.Single().Value.Address, Is.EqualTo("http://catalog"));
        Assert.That(resolved.ChangeToken, Is.Not.Null);
    }

    private Task<ResolvedDestinationCollection> ResolveAsync(params (string, string)[] settings) => ResolveAsync(Resolver(settings));

    private static Task<ResolvedDestinationCollection> ResolveAsync(AddressResolver resolver) =>
        resolver.ResolveDestinationsAsync(new Dictionary<string, DestinationConfig> { ["0"] = new() { Address = "services:catalog:http:0" } }, CancellationToken.None).WithinAsync();

    private AddressResolver Resolver(params (string Name, string Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Name, s.Value))).Build(),
        _names, Options.Create(new UpstreamOptions()), _clock, NullLogger<AddressResolver>.Instance);

    private sealed class FakeNames : INameLookup
    {
        public Dictionary<string, string[]> Known { get; } = [];

        public Task<IPAddress[]> FindAsync(string name, CancellationToken cancellation) => Known.TryGetValue(name, out var addresses)
            ? Task.FromResult(addresses.Select(IPAddress.Parse).ToArray())
            : throw new SocketException((int)SocketError.HostNotFound);
    }
}
