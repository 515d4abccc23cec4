using PromptPlatform.LocalServers;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Hosting;
using PromptPlatform.ServiceDefaults.Settings;
using PromptPlatform.TestKit;

namespace PromptPlatform.Auth.Tests;

public sealed class SettingsTests
{
    // Nobody listens there: wrong settings must stop the start before a connection is tried.
    private static readonly ServiceDatabase s_nowhere = new("auth", "Host=127.0.0.1;Port=1;Username=owner", "Host=127.0.0.1;Port=1;Username=app");

    [TestCase("--Auth:Services:billing:SecretSha256=", "Auth:Services:billing:SecretSha256")]
    [TestCase("--Auth:Services:billing:SecretSha256=abc", "Auth:Services:billing:SecretSha256")]
    [TestCase("--Auth:RotateSigningKeyAfter=00:00:01", "RotateSigningKeyAfter")]
    [TestCase("--Auth:MaxWrongKeysPerSecond=0", "MaxWrongKeysPerSecond")]
    [TestCase("--Encryption:MasterKey=short", "Encryption:MasterKey")]
    public async Task Start_WithAWrongSetting_EndsWithItsName(string setting, string name)
    {
        var (exitCode, message) = await RunAsync([.. AuthRig.Settings(s_nowhere), setting]);

        Assert.That(exitCode, Is.EqualTo(SettingsException.ExitCode));
        Assert.That(message, Does.Contain(name));
    }

    [Test]
    public async Task Start_WithoutServices_EndsWithTheMissingSetting()
    {
        var (exitCode, message) = await RunAsync([.. AuthRig.Settings(s_nowhere).Where(s => !s.StartsWith("--Auth:", StringComparison.Ordinal))]);

        Assert.That(exitCode, Is.EqualTo(SettingsException.ExitCode));
        Assert.That(message, Does.Contain("Auth:Services"));
    }

    private static async Task<(int ExitCode, string Message)> RunAsync(string[] args)
    {
        var normal = Console.Error;
        using var captured = new StringWriter();
        Console.SetError(captured);
        try
        {
            int exitCode = await ServiceProgram.RunAsync(args, builder => builder.AddServiceDefaults("auth").AddAuth(), app => app.MapServiceDefaults().MapAuth()).WithinAsync();
            return (exitCode, captured.ToString());
        }
        finally
        {
            Console.SetError(normal);
        }
    }
}
