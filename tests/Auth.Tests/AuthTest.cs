using Grpc.Core;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

/// <summary>A fixture with one Auth; errors that nobody announced fail the test.</summary>
internal abstract class AuthTest
{
    // Null until started, and when the start was skipped for want of a server.
    protected AuthRig Auth { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAuth() => Auth = await StartAsync();

    [OneTimeTearDown]
    public async Task StopAuth()
    {
        if (Auth is not null)
            await Auth.DisposeAsync();
    }

    [TearDown]
    public void VerifyLog() => Auth?.Errors.Verify();

    protected virtual Task<AuthRig> StartAsync() => AuthRig.StartAsync();

    /// <summary>The status that a call is refused with.</summary>
    protected static async Task<Status> RefusalAsync<T>(Func<Task<T>> call)
    {
        var error = await Fault(call).WithinAsync();
        return error.Status;
    }

    private static async Task<RpcException> Fault<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
        }
        catch (RpcException error)
        {
            return error;
        }
        throw new AssertionException("the call was not refused");
    }
}
