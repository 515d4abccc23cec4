using PromptPlatform.Interop.Tests.Sides;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>Who calls whom.</summary>
public sealed record Meeting(Side Caller, Side Server)
{
    /// <summary>Both directions with both peers; every case runs in each.</summary>
    public static IEnumerable<TestFixtureData> All =>
        from meeting in new Meeting[] { new(Side.GrpcJs, Side.Ours), new(Side.Grpcio, Side.Ours), new(Side.Ours, Side.GrpcJs), new(Side.Ours, Side.Grpcio) }
        select new TestFixtureData(meeting).SetArgDisplayNames(meeting.ToString());

    public override string ToString() => $"{NameOf(Caller)} calls {NameOf(Server)}";

    private static string NameOf(Side side) => side switch
    {
        Side.Ours => "ours",
        Side.GrpcJs => "grpc-js",
        Side.Grpcio => "grpcio",
        _ => throw new ArgumentOutOfRangeException(nameof(side)),
    };
}
