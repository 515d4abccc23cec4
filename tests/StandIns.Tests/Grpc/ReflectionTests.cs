using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.Grpc;

/// <summary>What clients like grpcurl ask a server about itself, in both versions of the protocol.</summary>
[TestFixture("grpc.reflection.v1alpha.ServerReflection")]
[TestFixture("grpc.reflection.v1.ServerReflection")]
public sealed class ReflectionTests(string service) : EchoFixture
{
    private const int HttpExtension = 72295728;
    private const string Package = "promptplatform.tests.echo.v1.";

    protected override Task<EchoHost> CreateHostAsync() =>
        EchoHost.StartAsync(services: services => services.AddGrpcReflection(), map: app => app.MapGrpcReflectionService());

    [Test]
    public async Task ListServices_NamesAllThatAreMapped()
    {
        ServerReflectionResponse answer = await AskAsync(new ServerReflectionRequest { ListServices = "*", Host = "here" });

        Assert.That(answer.ListServicesResponse.Service.Select(found => found.Name), Is.EquivalentTo(new[]
        {
            Package + "EchoService", "grpc.reflection.v1alpha.ServerReflection", "grpc.reflection.v1.ServerReflection",
        }));
        Assert.That(answer.ValidHost, Is.EqualTo("here"));
        Assert.That(answer.OriginalRequest.ListServices, Is.EqualTo("*"));
    }

    [Test]
    public async Task File_ByName_ComesFirstAndBringsWhatItNeeds()
    {
        ServerReflectionResponse answer = await AskAsync(new ServerReflectionRequest { FileByFilename = "echo.proto" });

        Assert.That(Files(answer)[0], Is.EqualTo("echo.proto"));
        Assert.That(Files(answer), Is.Unique.And.SupersetOf(new[] { "google/api/annotations.proto", "google/api/http.proto", "google/protobuf/descriptor.proto", "google/protobuf/timestamp.proto" }));
    }

    [TestCase("EchoService")]
    [TestCase("EchoService.Say")]
    [TestCase("SayRequest")]
    [TestCase("SayRequest.labels")]
    [TestCase("SayRequest.LabelsEntry")]
    [TestCase("Mood")]
    [TestCase("MOOD_GOOD")]
    public async Task File_ContainingASymbol_IsFound(string symbol)
    {
        ServerReflectionResponse answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = Package + symbol });

        Assert.That(answer.MessageResponseCase, Is.EqualTo(ServerReflectionResponse.MessageResponseOneofCase.FileDescriptorResponse), answer.ToString());
        Assert.That(Files(answer)[0], Is.EqualTo("echo.proto"));
    }

    [Test]
    public async Task Symbol_OfReflectionItself_IsFound() =>
        Assert.That(Files(await AskAsync(new ServerReflectionRequest { FileContainingSymbol = service }))[0], Does.StartWith("grpc/reflection/").And.EndsWith("reflection.proto"));

    [Test]
    public async Task Extension_IsFoundByMessageAndNumber()
    {
        ServerReflectionResponse file = await AskAsync(new ServerReflectionRequest { FileContainingExtension = new ExtensionRequest { ContainingType = "google.protobuf.MethodOptions", ExtensionNumber = HttpExtension } });
        ServerReflectionResponse numbers = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "google.protobuf.MethodOptions" });
        ServerReflectionResponse none = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = Package + "SayRequest" });

        Assert.That(Files(file)[0], Is.EqualTo("google/api/annotations.proto"));
        Assert.That(numbers.AllExtensionNumbersResponse.ExtensionNumber, Is.EqualTo(new[] { HttpExtension }));
        Assert.That(numbers.AllExtensionNumbersResponse.BaseTypeName, Is.EqualTo("google.protobuf.MethodOptions"));
        Assert.That(none.AllExtensionNumbersResponse.ExtensionNumber, Is.Empty);
    }

    [Test]
    public async Task Question_WithoutAnAnswer_FailsAloneAndTheStreamGoesOn()
    {
        ServerReflectionRequest[] questions =
        [
            new() { FileByFilename = "nothing.proto" },
            new() { FileContainingSymbol = "no.Symbol" },
            new() { FileContainingExtension = new ExtensionRequest { ContainingType = "google.protobuf.MethodOptions", ExtensionNumber = 1 } },
            new() { AllExtensionNumbersOfType = "no.Message" },
            new(),
            new() { ListServices = "" },
        ];

        List<ServerReflectionResponse> answers = await AskAsync(questions);

        Assert.That(answers.Select(answer => answer.ErrorResponse?.ErrorCode), Is.EqualTo(new int?[] { 5, 5, 5, 5, 3, null }));
        Assert.That(answers.Select(answer => answer.OriginalRequest), Is.EqualTo(questions));
        Assert.That(answers[0].ErrorResponse.ErrorMessage, Is.EqualTo("No file is called nothing.proto."));
    }

    private static List<string> Files(ServerReflectionResponse answer) =>
        [.. answer.FileDescriptorResponse.FileDescriptorProto.Select(file => FileDescriptorProto.Parser.ParseFrom(file).Name)];

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest question) => (await AskAsync([question]))[0];

    private async Task<List<ServerReflectionResponse>> AskAsync(params ServerReflectionRequest[] questions)
    {
        var ask = new Method<ServerReflectionRequest, ServerReflectionResponse>(
            MethodType.DuplexStreaming,
            service,
            "ServerReflectionInfo",
            Marshallers.Create(question => question.ToByteArray(), ServerReflectionRequest.Parser.ParseFrom),
            Marshallers.Create(answer => answer.ToByteArray(), ServerReflectionResponse.Parser.ParseFrom));
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call = Host.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(ask, null, default);
        var answers = new List<ServerReflectionResponse>();
        foreach (ServerReflectionRequest question in questions)
        {
            await call.RequestStream.WriteAsync(question).InTime();
            Assert.That(await call.ResponseStream.MoveNext().InTime(), Is.True);
            answers.Add(call.ResponseStream.Current);
        }

        await call.RequestStream.CompleteAsync().InTime();
        Assert.That(await call.ResponseStream.MoveNext().InTime(), Is.False);
        return answers;
    }
}
