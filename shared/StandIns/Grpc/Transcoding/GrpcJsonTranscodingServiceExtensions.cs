using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PromptPlatform.GrpcTransport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds JSON transcoding: services are also served by their google.api.http bindings.</summary>
public static class GrpcJsonTranscodingServiceExtensions
{
    /// <summary>With default settings.</summary>
    public static IGrpcServerBuilder AddJsonTranscoding(this IGrpcServerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<Transcoding>();
        return builder;
    }

    /// <summary>With settings.</summary>
    public static IGrpcServerBuilder AddJsonTranscoding(this IGrpcServerBuilder builder, Action<GrpcJsonTranscodingOptions> configureOptions)
    {
        builder.Services.Configure(configureOptions);
        return builder.AddJsonTranscoding();
    }
}
