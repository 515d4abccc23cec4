using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection;
using Grpc.Reflection.V1Alpha;

namespace PromptPlatform.GrpcTransport;

/// <summary>What is known about services, as answers of the reflection protocol.</summary>
internal sealed class ReflectionAnswers(IReadOnlyList<string> services, SymbolRegistry registry)
{
    public ServerReflectionResponse To(ServerReflectionRequest question)
    {
        ServerReflectionResponse answer = question.MessageRequestCase switch
        {
            ServerReflectionRequest.MessageRequestOneofCase.ListServices => Services(),
            ServerReflectionRequest.MessageRequestOneofCase.FileByFilename => File(registry.FileByName(question.FileByFilename), "file", question.FileByFilename),
            ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol => File(registry.FileContainingSymbol(question.FileContainingSymbol), "symbol", question.FileContainingSymbol),
            ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension => Extension(question.FileContainingExtension),
            ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType => ExtensionNumbers(question.AllExtensionNumbersOfType),
            ServerReflectionRequest.MessageRequestOneofCase.None => Error(StatusCode.InvalidArgument, "The request asks nothing."),
            _ => Error(StatusCode.Unimplemented, "This question is not known."),
        };
        answer.ValidHost = question.Host;
        answer.OriginalRequest = question;
        return answer;
    }

    private static ServerReflectionResponse File(FileDescriptor? file, string kind, string name)
    {
        if (file is null)
        {
            return Error(StatusCode.NotFound, $"No {kind} is called {name}.");
        }

        var answer = new FileDescriptorResponse();
        Collect(file, [], answer);
        return new ServerReflectionResponse { FileDescriptorResponse = answer };
    }

    private static void Collect(FileDescriptor file, HashSet<string> seen, FileDescriptorResponse answer)
    {
        if (!seen.Add(file.Name))
        {
            return;
        }

        answer.FileDescriptorProto.Add(file.SerializedData);
        foreach (FileDescriptor dependency in file.Dependencies)
        {
            Collect(dependency, seen, answer);
        }
    }

    private static ServerReflectionResponse Error(StatusCode code, string message) =>
        new() { ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message } };

    private ServerReflectionResponse Services() =>
        new() { ListServicesResponse = new ListServiceResponse { Service = { services.Select(name => new ServiceResponse { Name = name }) } } };

    private ServerReflectionResponse Extension(ExtensionRequest asked) =>
        File(registry.FileContainingExtension(asked.ContainingType, asked.ExtensionNumber), "extension", $"{asked.ExtensionNumber} of {asked.ContainingType}");

    private ServerReflectionResponse ExtensionNumbers(string message) => registry.ExtensionNumbers(message) is { } numbers
        ? new ServerReflectionResponse { AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = message, ExtensionNumber = { numbers } } }
        : Error(StatusCode.NotFound, $"No message is called {message}.");
}
