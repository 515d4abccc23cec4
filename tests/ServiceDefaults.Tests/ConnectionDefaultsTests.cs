using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.ServiceDefaults.Tests;

public sealed class ConnectionDefaultsTests
{
    [Test]
    public void WithDefaults_FillsInWhatIsNotGiven()
    {
        var settings = DatabaseSetup.WithDefaults("Host=db;Username=app");

        Assert.Multiple(() =>
        {
            Assert.That(settings.Timeout, Is.EqualTo(2));
            Assert.That(settings.CommandTimeout, Is.EqualTo(10));
            Assert.That(settings.MaxPoolSize, Is.EqualTo(20));
            Assert.That(settings.MaxAutoPrepare, Is.EqualTo(50));
            Assert.That(settings.Options, Does.Contain("statement_timeout"));
        });
    }

    [TestCase("Timeout=7;Command Timeout=8;Maximum Pool Size=9;Max Auto Prepare=0")]
    [TestCase("timeout=7;commandtimeout=8;maxpoolsize=9;maxautoprepare=0")]
    public void WithDefaults_KeepsWhatIsGiven(string given)
    {
        var settings = DatabaseSetup.WithDefaults("Host=db;Username=app;" + given);

        Assert.That(new[] { settings.Timeout, settings.CommandTimeout, settings.MaxPoolSize, settings.MaxAutoPrepare }, Is.EqualTo(new[] { 7, 8, 9, 0 }));
    }
}
