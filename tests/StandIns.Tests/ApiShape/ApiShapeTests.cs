using System.Reflection;
using Grpc.Core;
using Microsoft.ML.OnnxRuntime;
using OpenTelemetry;

namespace PromptPlatform.StandIns.Tests.ApiShape;

/// <summary>The stand-ins have nothing in official namespaces that the official packages lack, and all that the lists call covered.</summary>
public sealed class ApiShapeTests
{
    // Set to 1, the marks of the lists are written anew before they are checked.
    private const string WriteMarks = "PROMPTPLATFORM_WRITE_API_MARKS";

    private static readonly (Assembly Ours, string[] Lists)[] StandIns =
    [
        (typeof(Metadata).Assembly, ["Grpc.*.txt", "Microsoft.AspNetCore.Grpc.JsonTranscoding.txt"]),
        (typeof(InferenceSession).Assembly, ["Microsoft.ML.OnnxRuntime.txt"]),
        (typeof(OpenTelemetryBuilder).Assembly, ["OpenTelemetry.*.txt"]),
    ];

    [OneTimeSetUp]
    public void MarkAnewWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(WriteMarks) != "1") return;
        foreach (var (ours, lists) in StandIns) OfficialApi.Mark(OfficialPart(ours), lists);
    }

    [TestCase(0), TestCase(1), TestCase(2)]
    public void StandIn_HasNoSignatureThatTheOfficialPackageLacks(int standIn)
    {
        var (ours, lists) = StandIns[standIn];

        var invented = OfficialPart(ours).Except(OfficialApi.Read(lists).Signatures);

        Assert.That(invented, Is.Empty);
    }

    [TestCase(0), TestCase(1), TestCase(2)]
    public void StandIn_HasEverySignatureThatIsCalledCovered(int standIn)
    {
        var (ours, lists) = StandIns[standIn];

        var missing = OfficialApi.Read(lists).Covered.Except(OfficialPart(ours));

        Assert.That(missing, Is.Empty);
    }

    [TestCase(0), TestCase(1), TestCase(2)]
    public void List_MarksEverythingThatTheStandInHas(int standIn)
    {
        var (ours, lists) = StandIns[standIn];
        var official = OfficialApi.Read(lists);

        var forgotten = official.LeftOut.Intersect(OfficialPart(ours));

        Assert.That(official.Unmarked, Is.Empty);
        Assert.That(forgotten, Is.Empty, $"run these tests once with {WriteMarks}=1 and commit the lists");
    }

    // What is ours lives in PromptPlatform.* and may have any shape.
    private static HashSet<string> OfficialPart(Assembly ours) =>
        [.. ours.GetTypes().Where(type => type.Namespace is not { } space || !space.StartsWith("PromptPlatform.", StringComparison.Ordinal))
            .Where(ApiSignatures.IsVisible).SelectMany(ApiSignatures.Of)];
}
