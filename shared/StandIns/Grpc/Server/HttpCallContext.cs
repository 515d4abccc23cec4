using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace PromptPlatform.GrpcTransport;

/// <summary>A call that an HTTP request carries, as frames or as JSON.</summary>
internal abstract class HttpCallContext : ServerCallContext, IServerCallContextFeature
{
    private readonly IMethod method;
    private Metadata? requestHeaders;
    private Metadata? responseTrailers;

    protected HttpCallContext(HttpContext http, IMethod method, ServerHost server)
    {
        Http = http;
        Server = server;
        this.method = method;
        Deadlines = CallDeadline.Start(http, server.Clock);
        http.Features.Set<IServerCallContextFeature>(this);
    }

    internal HttpContext Http { get; }

    public ServerCallContext ServerCallContext => this;

    protected ServerHost Server { get; }

    protected CallDeadline? Deadlines { get; }

    protected Metadata? Trailers => responseTrailers;

    protected override string MethodCore => method.FullName;

    protected override string HostCore => Http.Request.Host.Value ?? "";

    protected override string PeerCore
    {
        get
        {
            ConnectionInfo connection = Http.Connection;
            return connection.RemoteIpAddress switch
            {
                null => "unknown",
                { AddressFamily: AddressFamily.InterNetworkV6 } address => $"ipv6:[{address}]:{connection.RemotePort}",
                var address => $"ipv4:{address}:{connection.RemotePort}",
            };
        }
    }

    protected override DateTime DeadlineCore => Deadlines?.At ?? DateTime.MaxValue;

    protected override CancellationToken CancellationTokenCore => Deadlines?.Token ?? Http.RequestAborted;

    protected override Metadata RequestHeadersCore => requestHeaders ??= ReadHeaders();

    protected override Metadata ResponseTrailersCore => responseTrailers ??= [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override IDictionary<object, object> UserStateCore => Http.Items!;

    protected override AuthContext AuthContextCore
    {
        get
        {
            const string name = "x509_common_name";
            return Http.Connection.ClientCertificate is { } certificate
                ? new AuthContext(name, new() { [name] = [AuthProperty.Create(name, Encoding.UTF8.GetBytes(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)))] })
                : new AuthContext(null, []);
        }
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        new CallPropagation(options ?? ContextPropagationOptions.Default, DeadlineCore, CancellationTokenCore);

    protected void AppendHeaders(Metadata headers) => AppendTo(Http.Response.Headers, headers);

    // Append of the framework leaves empty values out.
    protected static void AppendTo(IHeaderDictionary target, Metadata metadata)
    {
        foreach (Metadata.Entry entry in metadata)
        {
            target[entry.Key] = StringValues.Concat(target[entry.Key], entry.WireValue);
        }
    }

    private Metadata ReadHeaders()
    {
        var metadata = new Metadata();
        foreach ((string name, var values) in Http.Request.Headers)
        {
            if (GrpcHeaders.IsReserved(name))
            {
                continue;
            }

            foreach (string? value in values)
            {
                // What a caller sends wrongly is the caller's fault: INTERNAL would speak against this server.
                GrpcHeaders.AddTo(metadata, name, value ?? "", StatusCode.InvalidArgument);
            }
        }

        return metadata;
    }
}
