using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Health.V1;
using PromptPlatform.Interop.Contract;
using PromptPlatform.Interop.Tests.Ours;
using PromptPlatform.LocalServers;

namespace PromptPlatform.Interop.Tests.Sides;

/// <summary>The three sides of this test process, each started by the first test that asks.</summary>
[SetUpFixture]
public sealed class AllSides
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<OurSide> LazyOurs = new(() => new OurSide());
    private static readonly Lazy<PeerSide?> GrpcJs = new(StartGrpcJs);
    private static readonly Lazy<PeerSide?> Grpcio = new(StartGrpcio);

    internal static OurSide Ours => LazyOurs.Value;

    // The peers' scripts and packages lie beside the source.
    private static string Here { get; } = Path.Combine(RepositoryFolder.Find()!, "tests", "Interop");

    /// <summary>Skips the test on a laptop that lacks the peer, and fails it on CI.</summary>
    public static ISide Get(Side side) => side switch
    {
        Side.Ours => Ours,
        Side.GrpcJs => GrpcJs.Value ?? Lacks("grpc-js: run build/peers.sh"),
        Side.Grpcio => Grpcio.Value ?? Lacks("grpcio: run build/test-needs.sh"),
        _ => throw new ArgumentOutOfRangeException(nameof(side)),
    };

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (Lazy<PeerSide?> peer in new[] { GrpcJs, Grpcio })
        {
            if (peer is { IsValueCreated: true, Value: { } side })
            {
                await side.DisposeAsync();
            }
        }

        if (LazyOurs.IsValueCreated)
        {
            await LazyOurs.Value.DisposeAsync();
        }
    }

    private static PeerSide? StartGrpcJs() =>
        Directory.Exists(Path.Combine(Here, "node_modules", "@grpc", "grpc-js")) ? Start("node", "grpc-js", "peer.js") : null;

    private static PeerSide? StartGrpcio() =>
        File.Exists("/usr/lib/python3/dist-packages/grpc/__init__.py") ? Start(Python, "python", "peer.py") : null;

    private static PeerSide Start(string program, string peer, string script)
    {
        string contract = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"interop-{peer}.pb");
        File.WriteAllBytes(contract, Contract().ToByteArray());
        string folder = Path.Combine(Here, "peers", peer);
        return new PeerSide(StartProcess(), StartProcess());

        PeerProcess StartProcess() => PeerProcess.Start(program, [Path.Combine(folder, script), contract], folder);
    }

    private static FileDescriptorSet Contract() => new()
    {
        File =
        {
            FileDescriptorProto.Parser.ParseFrom(InteropReflection.Descriptor.SerializedData),
            FileDescriptorProto.Parser.ParseFrom(HealthReflection.Descriptor.SerializedData),
        },
    };

    private static ISide Lacks(string cure)
    {
        string message = "a peer of the interop tests is missing, " + cure;
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(message);
        }

        Assert.Ignore(message);
        throw new InvalidOperationException(message);
    }
}
