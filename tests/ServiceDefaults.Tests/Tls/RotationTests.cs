using System.Collections.Concurrent;
using Grpc.Core;
using PromptPlatform.TestKit;

namespace PromptPlatform.ServiceDefaults.Tests.Tls;

/// <summary>Files that change while a service runs.</summary>
internal sealed class RotationTests
{
    private TestAuthority _old = null!;
    private TestAuthority _new = null!;
    private TlsFolder _server = null!;
    private TlsFolder _client = null!;
    private TlsCaller _caller = null!;
    private ErrorLogGuard _errors = null!;
    private TlsServer _service = null!;

    [SetUp]
    public async Task StartAsync()
    {
        (_old, _new, _errors) = (new TestAuthority(), new TestAuthority(), new ErrorLogGuard());
        _server = new TlsFolder(_old.Issue(), _old);
        _client = new TlsFolder(_old.Issue("caller"), _old);
        _caller = new TlsCaller(_client);
        _service = await TlsServer.StartAsync(_server.Settings, errors: _errors);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _service.DisposeAsync();
        _caller.Dispose();
        _server.Dispose();
        _client.Dispose();
        _old.Dispose();
        _new.Dispose();
        _errors.Verify();
    }

    [Test]
    public async Task ServerCertificate_RotatedUnderLoad_FailsNoCall()
    {
        using var kept = _caller.Handler();
        // Should a certificate never arrive, the load ends all the same.
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var seen = new ConcurrentQueue<string>();
        int calls = 0;
        Task[] load = [KeepCallingAsync(() => TlsCaller.CallAsync(_service.Ports.Grpc, kept)), KeepCallingAsync(FreshAsync), KeepCallingAsync(FreshAsync)];
        var rotations = await RotateAsync(times: 3);
        await stop.CancelAsync();

        await Task.WhenAll(load).WithinAsync();
        Assert.That(seen.Distinct(), Is.SupersetOf(rotations), "new connections saw each certificate");
        TestContext.Out.WriteLine($"{calls} calls, {seen.Count} of them over new connections, 0 failed");
        return;

        async Task FreshAsync() => seen.Enqueue(await _caller.CallAsync(_service.Ports.Grpc));

        async Task KeepCallingAsync(Func<Task> call)
        {
            while (!stop.IsCancellationRequested)
            {
                await call();
                Interlocked.Increment(ref calls);
            }
        }

        async Task<List<string>> RotateAsync(int times)
        {
            var thumbprints = new List<string>();
            for (int round = 0; round < times; round++)
            {
                var next = _old.Issue();
                _server.Put(next);
                thumbprints.Add(next.Thumbprint);
                await UntilAsync(() => Task.FromResult(seen.Contains(next.Thumbprint)));
            }
            return thumbprints;
        }
    }

    [Test]
    public async Task CallerCertificate_Rotated_IsShownOnNewConnections()
    {
        using var handler = _caller.Handler();
        await TlsCaller.CallAsync(_service.Ports.Grpc, handler);
        _server.Trust(_new);
        await UntilAsync(() => IsRefusedAsync(() => _caller.CallAsync(_service.Ports.Grpc)));

        _client.Put(_new.Issue("caller"));
        _caller.Tls.Refresh();

        Assert.That(await _caller.CallAsync(_service.Ports.Grpc), Is.Not.Empty);
    }

    [Test]
    public async Task Authority_Replaced_NeverFailsACallWhileOldAndNewStandTogether()
    {
        _server.Trust(_old, _new);
        _client.Trust(_old, _new);
        _caller.Tls.Refresh();
        var next = _new.Issue();
        _server.Put(next);
        await UntilAsync(async () => await _caller.CallAsync(_service.Ports.Grpc) == next.Thumbprint);
        _client.Put(_new.Issue("caller"));
        _caller.Tls.Refresh();
        await UntilAsync(async () => await _caller.CallAsync(_service.Ports.Grpc) == next.Thumbprint);
        _server.Trust(_new);
        _client.Trust(_new);
        _caller.Tls.Refresh();

        Assert.That(await _caller.CallAsync(_service.Ports.Grpc), Is.EqualTo(next.Thumbprint));
        _client.Put(_old.Issue("caller"));
        _caller.Tls.Refresh();
        await UntilAsync(() => IsRefusedAsync(() => _caller.CallAsync(_service.Ports.Grpc)));
    }

    [Test]
    public async Task HalfWrittenPair_KeepsTheOldUntilItIsWhole()
    {
        _errors.Announce("changed TLS files cannot be used");
        string before = await _caller.CallAsync(_service.Ports.Grpc);
        var next = _old.Issue();
        File.WriteAllText(_server.CertificateFile, next.CertificatePem);
        await UntilAsync(() => Task.FromResult(_errors.Errors.Count > 0));

        Assert.That(await _caller.CallAsync(_service.Ports.Grpc), Is.EqualTo(before));
        File.WriteAllText(_server.KeyFile, next.KeyPem);
        await UntilAsync(async () => await _caller.CallAsync(_service.Ports.Grpc) == next.Thumbprint);
        Assert.That(_errors.Errors.Single().Message, Does.Contain("Tls:KeyFile").And.Contain("does not belong to the first certificate"));
    }

    [TestCase("garbage")]
    [TestCase("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [TestCase("")]
    public async Task Garbage_KeepsTheOldAndIsLoggedOnce(string contents)
    {
        _errors.Announce("changed TLS files cannot be used");
        string before = await _caller.CallAsync(_service.Ports.Grpc);
        File.WriteAllText(_server.CertificateFile, contents);
        File.WriteAllText(_server.AuthorityFile, contents);
        await UntilAsync(() => Task.FromResult(_errors.Errors.Count > 1));

        await Task.Delay(TimeSpan.FromSeconds(2.5));

        Assert.That(await _caller.CallAsync(_service.Ports.Grpc), Is.EqualTo(before));
        Assert.That(_errors.Errors, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task LinkSwap_AsKubernetesDoesIt_IsNoticed()
    {
        var next = _old.Issue();
        using var other = new TlsFolder(next, _old);
        foreach (var (link, target) in new[] { (_server.CertificateFile, other.CertificateFile), (_server.KeyFile, other.KeyFile) })
        {
            File.CreateSymbolicLink(link + ".new", target);
            File.Move(link + ".new", link, overwrite: true);
        }
        _errors.Announce("changed TLS files cannot be used");

        await UntilAsync(async () => await _caller.CallAsync(_service.Ports.Grpc) == next.Thumbprint);
    }

    private static async Task<bool> IsRefusedAsync(Func<Task> call)
    {
        try
        {
            await call();
            return false;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unavailable)
        {
            return true;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
            await Task.Delay(50, patience.Token);
    }
}
