using Grpc.Core;
using PromptPlatform.TestKit;

namespace PromptPlatform.ServiceDefaults.Tests.Tls;

/// <summary>Who gets through a handshake, with real certificates over real sockets.</summary>
internal sealed class HandshakeTests
{
    private static readonly DateTimeOffset s_now = TestAuthority.Now;
    private TestAuthority _fleet = null!;
    private TestAuthority _stranger = null!;

    [SetUp]
    public void MakeAuthorities() => (_fleet, _stranger) = (new TestAuthority(), new TestAuthority());

    [TearDown]
    public void DropAuthorities()
    {
        _fleet.Dispose();
        _stranger.Dispose();
    }

    [Test]
    public async Task Call_OfTheFleet_GetsThrough()
    {
        var certificate = _fleet.Issue();

        string seen = await CallAsync(certificate, _fleet.Issue("caller"));

        Assert.That(seen, Is.EqualTo(certificate.Thumbprint));
    }

    [Test]
    public void Server_WithAnExpiredCertificate_IsNotCalled() =>
        AssertRefused(_fleet.Issue(until: s_now.AddHours(-1)), _fleet.Issue("caller"), serverClock: new TestClock(s_now.AddDays(-2)));

    [Test]
    public void Server_WithACertificateOfTomorrow_IsNotCalled() =>
        AssertRefused(_fleet.Issue(from: s_now.AddHours(1)), _fleet.Issue("caller"), serverClock: new TestClock(s_now.AddHours(2)));

    [Test]
    public void Server_OfAnotherName_IsNotCalled() =>
        AssertRefused(_fleet.Issue("billing"), _fleet.Issue("caller"));

    [Test]
    public void Server_OfAnUnknownAuthority_IsNotCalled() =>
        AssertRefused(_stranger.Issue(), _fleet.Issue("caller"));

    [Test]
    public void Server_WithACertificateForClients_IsNotCalled() =>
        AssertRefused(_fleet.Issue(uses: TestAuthority.ClientUse), _fleet.Issue("caller"));

    [Test]
    public void Caller_WithoutACertificate_IsRefused() =>
        AssertRefused(_fleet.Issue(), null);

    [Test]
    public void Caller_OfAnotherAuthority_IsRefused() =>
        AssertRefused(_fleet.Issue(), _stranger.Issue("caller"));

    [Test]
    public void Caller_WithAnExpiredCertificate_IsRefused() =>
        AssertRefused(_fleet.Issue(), _fleet.Issue("caller", until: s_now.AddDays(-1)), callerClock: new TestClock(s_now.AddDays(-2)));

    [Test]
    public void Caller_WithACertificateForServers_IsRefused() =>
        AssertRefused(_fleet.Issue(), _fleet.Issue("caller", uses: TestAuthority.ServerUse));

    [Test]
    public async Task Intermediate_ThatTheServerSends_IsFollowed()
    {
        using var intermediate = _fleet.Intermediate();

        Assert.That(await CallAsync(intermediate.Issue(), _fleet.Issue("caller")), Is.Not.Empty);
    }

    [Test]
    public async Task Intermediate_OfACaller_IsFollowedWhenItStandsAmongTheAuthorities()
    {
        using var intermediate = _fleet.Intermediate();
        using var server = new TlsFolder(_fleet.Issue(), _fleet, intermediate);
        using var folder = new TlsFolder(intermediate.Issue("caller"), _fleet);
        using var caller = new TlsCaller(folder);
        await using var service = await TlsServer.StartAsync(server.Settings);

        Assert.That(await caller.CallAsync(service.Ports.Grpc), Is.Not.Empty);
    }

    [Test]
    public async Task Management_AsksForNoCertificate_AndRestDoes()
    {
        using var server = new TlsFolder(_fleet.Issue(), _fleet);
        using var folder = new TlsFolder(null, _fleet);
        using var caller = new TlsCaller(folder);
        await using var service = await TlsServer.StartAsync(server.Settings);

        Assert.That(await caller.GetAsync(service.Ports.Management + "/health/live"), Is.EqualTo(200));
        Assert.That(() => caller.GetAsync(service.Ports.Http + "/health/live"), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Caller_WithoutACertificate_GetsThroughWhereNoneIsRequired()
    {
        using var server = new TlsFolder(_fleet.Issue(), _fleet);
        using var folder = new TlsFolder(null, _fleet);
        using var caller = new TlsCaller(folder);
        await using var service = await TlsServer.StartAsync([.. server.Settings, "--Tls:RequireClientCertificate=false"]);

        Assert.That(await caller.CallAsync(service.Ports.Grpc), Is.Not.Empty);
    }

    private void AssertRefused(TestCertificate server, TestCertificate? caller, TimeProvider? serverClock = null, TimeProvider? callerClock = null)
    {
        var error = Assert.ThrowsAsync<RpcException>(() => CallAsync(server, caller, serverClock, callerClock))!;

        Assert.That(error.StatusCode, Is.EqualTo(StatusCode.Unavailable), error.ToString());
    }

    private async Task<string> CallAsync(TestCertificate server, TestCertificate? caller, TimeProvider? serverClock = null, TimeProvider? callerClock = null)
    {
        using var serverFolder = new TlsFolder(server, _fleet);
        using var callerFolder = new TlsFolder(caller, _fleet);
        using var calling = new TlsCaller(callerFolder, callerClock);
        await using var service = await TlsServer.StartAsync(serverFolder.Settings, serverClock);
        return await calling.CallAsync(service.Ports.Grpc);
    }
}
