using Grpc.Net.Client;
using PromptPlatform.Contracts.Auth.V1;
using PromptPlatform.Contracts.Catalog.V1;
using PromptPlatform.ServiceDefaults.Clients;

namespace PromptPlatform.ServiceDefaults.Tests;

public sealed class FleetChannelTests
{
    [TestCase("https://catalog:5201", "dns:///catalog:5201")]
    [TestCase("http://catalog.fleet.svc:5201", "dns:///catalog.fleet.svc:5201")]
    [TestCase("http://localhost:5201", "http://localhost:5201")]
    [TestCase("http://127.0.0.1:5201", "http://127.0.0.1:5201")]
    [TestCase("https://[fd00::1]:5201", "https://[fd00::1]:5201")]
    public void Address_IsResolvedByTheChannelWhenItIsAName(string given, string address) =>
        Assert.That(FleetChannel.AddressOf(new Uri(given)), Is.EqualTo(new Uri(address)));

    [Test]
    public void Repeatable_AreReads()
    {
        var (service, methods) = RepeatableMethods.Of<CatalogService.CatalogServiceClient>([]);

        Assert.That(service, Is.EqualTo("promptplatform.catalog.v1.CatalogService"));
        Assert.That(methods, Is.EquivalentTo(new[] { "ListTechniques", "GetTechnique" }));
    }

    [Test]
    public void Repeatable_AreMethodsThatTheCallerNames_NeverOtherWrites()
    {
        var (_, methods) = RepeatableMethods.Of<AuthService.AuthServiceClient>(["IntrospectToken"]);

        Assert.That(methods, Does.Contain("IntrospectToken").And.Contain("GetJwks"));
        Assert.That(methods.Intersect(["CreateApiKey", "RevokeApiKey", "CreateOrganization", "RotateSigningKey"]), Is.Empty);
    }

    [Test]
    public void Repeatable_RefusesAMethodThatIsNotThere() =>
        Assert.That(() => RepeatableMethods.Of<CatalogService.CatalogServiceClient>(["GetTecnique"]), Throws.ArgumentException);

    [TestCase(3, 1)]
    [TestCase(1, 0)]
    public void Channel_RetriesUnlessOneAttemptIsAllowed(int attempts, int policies)
    {
        var channel = new GrpcChannelOptions();

        FleetChannel.Configure(channel, new Uri("http://catalog:5201"), new ClientOptions { MaxAttempts = attempts }, ("s", ["m"]));

        Assert.That(channel.ServiceConfig!.MethodConfigs, Has.Count.EqualTo(policies));
    }
}
