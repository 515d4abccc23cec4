using System.Text.Json.Nodes;
using PromptPlatform.Events;

namespace PromptPlatform.Messaging.Tests;

/// <summary>Events between versions of the software.</summary>
public sealed class EventTypesTests
{
    private static readonly PromptEnhanced s_enhanced = new(
        Guid.NewGuid(), DateTimeOffset.UnixEpoch, Guid.NewGuid(), Guid.NewGuid(), "translation", "general", "simple", "en", "gpt", ["few-shot"], 10, 50, 40, 80, 1, 4, false,
        "key_1", 12, true, 2, 0.0000625m, "exp_1", "b");

    private static readonly FeedbackSubmitted s_feedback = new(Guid.NewGuid(), DateTimeOffset.UnixEpoch, Guid.NewGuid(), Guid.NewGuid(), "up", "", 4, "completed", "key_1", true, "var_1");

    [Test]
    public void Event_OfTodaysWriter_IsReadWhole()
    {
        var read = (PromptEnhanced)EventTypes.Read("prompt_enhanced.v1", EventTypes.Write(s_enhanced))!;

        Assert.That(read with { Techniques = s_enhanced.Techniques }, Is.EqualTo(s_enhanced));
        Assert.That(EventTypes.Read("feedback_submitted.v1", EventTypes.Write(s_feedback)), Is.EqualTo(s_feedback));
    }

    [Test]
    public void Event_OfAnOldWriter_IsReadWithoutWhatItDidNotTell()
    {
        var read = (PromptEnhanced)EventTypes.Read("prompt_enhanced.v1", Without(s_enhanced, "actor", "words", "changed", "variations", "costUsd", "experimentId", "experimentArm"))!;
        var feedback = EventTypes.Read("feedback_submitted.v1", Without(s_feedback, "actor", "corrected", "chosenVariation"));

        Assert.That(
            read with { Techniques = s_enhanced.Techniques },
            Is.EqualTo(s_enhanced with { Actor = "", Words = null, Changed = null, Variations = null, CostUsd = null, ExperimentId = null, ExperimentArm = null }));
        Assert.That(feedback, Is.EqualTo(s_feedback with { Actor = "", Corrected = false, ChosenVariation = "" }));
    }

    [Test]
    public void Event_OfANewerWriter_IsReadWithoutWhatIsNotKnownHere()
    {
        var json = JsonNode.Parse(EventTypes.Write(s_feedback))!.AsObject();
        json["mood"] = new JsonObject { ["colour"] = "blue" };

        Assert.That(EventTypes.Read("feedback_submitted.v1", json.ToJsonString()), Is.EqualTo(s_feedback));
    }

    private static string Without(IPlatformEvent happened, params string[] members)
    {
        var json = JsonNode.Parse(EventTypes.Write(happened))!.AsObject();
        foreach (string member in members)
            Assert.That(json.Remove(member), Is.True, member);
        return json.ToJsonString();
    }
}
