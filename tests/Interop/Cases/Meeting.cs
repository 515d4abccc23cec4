using PromptPlatform.Interop.Tests.Sides;

namespace PromptPlatform.Interop.Tests.Cases;

/// <summary>Who calls whom.</summary>
public sealed record Meeting(Side Caller, Side Server)
{
    private static readonly Meeting[] Meetings = [new(Side.GrpcJs, Side.Ours), new(Side.Grpcio, Side.Ours), new(Side.Ours, Side.GrpcJs), new(Side.Ours, Side.Grpcio), new(Side.Ours, Side.Ours)];

    /// <summary>Both directions with both peers; nearly every case runs in each.</summary>
    public static IEnumerable<TestFixtureData> All => Fixtures(_ => true);

    public static IEnumerable<TestFixtureData> WhereServersSendAnyCode => Fixtures(meeting => meeting.Server != Side.Grpcio);

    public static IEnumerable<TestFixtureData> WhereServersCompress => Fixtures(meeting => meeting.Server != Side.GrpcJs);

    public static IEnumerable<TestFixtureData> WhereTheyCall => Fixtures(meeting => meeting.Caller != Side.Ours);

    public static IEnumerable<TestFixtureData> WhereWeCall => Fixtures(meeting => meeting.Caller == Side.Ours);

    public override string ToString() => $"{NameOf(Caller)} calls {NameOf(Server)}";

    private static IEnumerable<TestFixtureData> Fixtures(Predicate<Meeting> which) =>
        from meeting in Meetings
        where which(meeting)
        select new TestFixtureData(meeting).SetArgDisplayNames(meeting.ToString());

    private static string NameOf(Side side) => side switch
    {
        Side.Ours => "ours",
        Side.GrpcJs => "grpc-js",
        Side.Grpcio => "grpcio",
        _ => throw new ArgumentOutOfRangeException(nameof(side)),
    };
}
