namespace PromptPlatform.StandIns.Tests.Support;

/// <summary>A host per test, so that what the server saw is the test's own.</summary>
public abstract class EchoFixture
{
    protected EchoHost Host { get; private set; } = null!;

    [SetUp]
    public async Task StartHost() => Host = await CreateHostAsync();

    [TearDown]
    public async Task StopHost() => await Host.DisposeAsync();

    protected virtual Task<EchoHost> CreateHostAsync() => EchoHost.StartAsync();
}
