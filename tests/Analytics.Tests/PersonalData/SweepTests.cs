namespace PromptPlatform.Analytics.Tests.PersonalData;

/// <summary>Apart from other erasures, whose sweeps over weeks of the clock would take the test's time.</summary>
internal sealed class SweepTests : PersonalDataTest
{
    [Test]
    public async Task Sweeps_EndAfterTheLastLateEventCanHaveCome()
    {
        await HandleAsync(Erased());

        Assert.That(await CountAsync("personal_data_jobs"), Is.EqualTo(1));
        var began = Analytics.Clock.GetUtcNow();
        await TurnUntilAsync(async () => await CountAsync("personal_data_jobs") == 0, TimeSpan.FromHours(4));

        Assert.That(Analytics.Clock.GetUtcNow() - began, Is.GreaterThan(TimeSpan.FromDays(35)));

        Assert.That(await CountAsync("erased_subjects"), Is.EqualTo(1), "late events are dropped for ever");
    }
}
