using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;

namespace PromptPlatform.GrpcTransport;

/// <summary>JSON of the messages of a service.</summary>
internal sealed class TranscodingJson
{
    private readonly JsonParser parser;
    private readonly JsonMessageWriter writer;
    private readonly JsonFormatter details;

    public TranscodingJson(FileDescriptor file, GrpcJsonTranscodingOptions options)
    {
        TypeRegistry types = options.TypeRegistry == TypeRegistry.Empty ? TypeRegistry.FromFiles(file, ErrorDetailsReflection.Descriptor) : options.TypeRegistry;
        parser = new JsonParser(JsonParser.Settings.Default.WithTypeRegistry(types));
        writer = new JsonMessageWriter(options.JsonSettings, types);
        details = new JsonFormatter(JsonFormatter.Settings.Default.WithTypeRegistry(types));
    }

    /// <summary>A message from JSON; throws <see cref="InvalidProtocolBufferException"/> or <see cref="InvalidJsonException"/>.</summary>
    public IMessage Parse(string json, MessageDescriptor type) => parser.Parse(json, type);

    /// <summary>The message, or a part of it, as JSON; the caller gives the buffer back.</summary>
    public PooledWriter Write(IMessage message, FieldPath? part) => writer.Write(message, part);

    /// <summary>The error body: google.rpc.Status. Details of unknown types cannot be written and are left out.</summary>
    public ReadOnlyMemory<byte> WriteStatus(Google.Rpc.Status status)
    {
        try
        {
            return Encoding.UTF8.GetBytes(details.Format(status));
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetBytes(details.Format(new Google.Rpc.Status { Code = status.Code, Message = status.Message }));
        }
    }
}
