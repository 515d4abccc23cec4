using System.Reflection;
using Google.Protobuf.Reflection;
using PromptPlatform.Contracts.Access.V1;
using PromptPlatform.LocalServers;

namespace PromptPlatform.Platform.Tests.WireLock;

public sealed class WireLockTests
{
    private const string Cure =
        "the contracts differ from protos/wire.lock. New lines are fine: run `make wire-lock` and commit the file. "
        + "A removed or changed line breaks clients and stored data: undo it and add a new field, value or method instead";

    private static string LockFile => Path.Combine(RepositoryFolder.Find()!, "protos", "wire.lock");

    [Test]
    public void Contracts_AreTheOnesOfTheLockFile()
    {
        var actual = WireListing.Of(Files());
        if (Environment.GetEnvironmentVariable("PROMPTPLATFORM_WRITE_WIRE_LOCK") == "1")
        {
            File.WriteAllLines(LockFile, actual);
        }

        var locked = File.ReadAllLines(LockFile);

        Assert.That(locked.Except(actual), Is.Empty, Cure + " (lines that are gone)");
        Assert.That(actual.Except(locked), Is.Empty, Cure + " (lines that are new)");
        Assert.That(locked, Is.EqualTo(actual), Cure + " (order)");
    }

    [Test]
    public void Listing_TellsFieldsEnumsMapsAndRoutes()
    {
        var listing = WireListing.Of(Files());

        Assert.That(listing, Has.Some.StartsWith("rpc promptplatform.enhancement.v1.EnhancementService.Enhance ("));
        Assert.That(listing, Has.Some.Contains("POST:/v1/enhance body:*"));
        Assert.That(listing, Has.Some.StartsWith("field promptplatform.auth.v1.Organization.created_at = 3 google.protobuf.Timestamp").And.Some.Contains("json:createdAt"));
        Assert.That(listing, Is.Unique);
    }

    private static List<FileDescriptor> Files() =>
    [
        .. typeof(AccessExtensions).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<FileDescriptor>(),
    ];
}
