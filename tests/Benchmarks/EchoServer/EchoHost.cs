namespace PromptPlatform.Benchmarks.EchoServer;

/// <summary>The echo over gRPC, by transcoding and by a minimal API.</summary>
internal static class EchoHost
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddGrpc().AddJsonTranscoding();
        builder.Services.AddSingleton<Echo>();
        builder.Services.AddSingleton(new LoneAuth(TimeProvider.System));
        var app = builder.Build();
        app.MapGrpcService<Echo>();
        app.MapGrpcService<LoneAuth>();
        app.MapPost(MinimalEcho.Path, MinimalEcho.Say);
        return app;
    }
}
