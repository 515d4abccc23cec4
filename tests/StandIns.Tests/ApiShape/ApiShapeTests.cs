using System.Reflection;
using Grpc.Core;
using Microsoft.ML.OnnxRuntime;
using OpenTelemetry;

namespace PromptPlatform.StandIns.Tests.ApiShape;

/// <summary>The stand-ins have nothing in official namespaces that the official packages lack, and all that the lists call covered.</summary>
public sealed class ApiShapeTests
{
    private static readonly (Assembly Ours, string[] Lists)[] StandIns =
    [
        (typeof(Metadata).Assembly, ["Grpc.*.txt", "Microsoft.AspNetCore.Grpc.JsonTranscoding.txt"]),
        (typeof(InferenceSession).Assembly, ["Microsoft.ML.OnnxRuntime.txt"]),
        (typeof(OpenTelemetryBuilder).Assembly, ["OpenTelemetry.*.txt"]),
    ];

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
    public void List_HasOnlyMarkedLines(int standIn)
    {
        var official = OfficialApi.Read(StandIns[standIn].Lists);

        Assert.That(official.Malformed(), Is.Empty);
        Assert.That(official.Covered, Is.Not.Empty);
    }

    // What is ours lives in PromptPlatform.* and may have any shape.
    private static HashSet<string> OfficialPart(Assembly ours) =>
        [.. ours.GetTypes().Where(type => type.Namespace is not { } space || !space.StartsWith("PromptPlatform.", StringComparison.Ordinal))
            .Where(ApiSignatures.IsVisible).SelectMany(ApiSignatures.Of)];
}
