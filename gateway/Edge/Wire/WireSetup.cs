using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using PromptPlatform.ServiceDefaults.Hosting;

namespace PromptPlatform.Gateway.Edge.Wire;

/// <summary>Makes Kestrel as strict on the wire as the edge of a fleet has to be.</summary>
internal static class WireSetup
{
    // Above Edge:MaxHeaderBytes, so that 431 tells the limit; beyond this Kestrel stops reading.
    private const int HardHeaderBytes = 160 << 10;

    /// <summary>Puts the gate before every port, TLS included: to be called before the ports are opened.</summary>
    public static void AddConnectionGate(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ConnectionGate>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var gate = kestrel.ApplicationServices.GetRequiredService<ConnectionGate>();
            kestrel.ConfigureEndpointDefaults(listen => listen.Use(gate.Guard));
        });
    }

    /// <summary>Sets the bounds of connections and the strictness of parsing.</summary>
    public static void AddWire(this WebApplicationBuilder builder)
    {
        // Lines end with CR LF alone (RFC 9112, section 2.2, allows refusing others): a reader that takes LF disagrees with one that does not.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        var options = builder.Configuration.GetSection("Connections").Get<WireOptions>() ?? new WireOptions();
        builder.WebHost.ConfigureKestrel(kestrel => Bound(kestrel, options));
        // It logs an error for every frame of a flood.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Http2", LogLevel.None);
        // It writes a stack trace for some malformed trailers and header blocks; what fails in our own code is logged before it gets there.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);
        builder.Services.AddSingleton(new ConnectionHook(listen => Wrap(listen, options)));
    }

    private static void Bound(KestrelServerOptions kestrel, WireOptions options)
    {
        kestrel.Limits.MaxRequestHeadersTotalSize = HardHeaderBytes;
        // Edge:MaxStreams bounds them, with an answer that tells so.
        kestrel.Limits.MaxConcurrentUpgradedConnections = null;
        kestrel.Limits.RequestHeadersTimeout = options.HeadersTimeout;
        kestrel.Limits.KeepAliveTimeout = options.KeepAliveTimeout;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(options.MinBodyRate, options.BodyGrace);
        kestrel.Limits.MinResponseDataRate = new MinDataRate(options.MinAnswerRate, options.AnswerGrace);
        kestrel.Limits.Http2.MaxStreamsPerConnection = options.MaxStreams;
        kestrel.RequestHeaderEncodingSelector = LengthEncoding.Of;
    }

    private static void Wrap(ListenOptions listen, WireOptions options)
    {
        var clock = listen.ApplicationServices.GetRequiredService<TimeProvider>();
        listen.Use(next => connection =>
        {
            if (listen.Protocols == HttpProtocols.Http2 || connection.Features.Get<ITlsApplicationProtocolFeature>()?.ApplicationProtocol.Span.SequenceEqual("h2"u8) == true)
            {
                connection.Transport = new CountedReader(connection, connection.Transport, new FrameCounter(options.MaxIdleFrames, clock));
            }
            else
            {
                var pipe = new RefusalPipe(connection.Transport);
                connection.Transport = pipe;
                connection.Features.Set(pipe);
            }
            return next(connection);
        });
    }
}
