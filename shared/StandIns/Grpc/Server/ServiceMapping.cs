using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PromptPlatform.GrpcTransport;

/// <summary>Maps a generated service: its gRPC methods, its HTTP bindings and, once per application, the fallback.</summary>
internal static class ServiceMapping
{
    private static readonly string[] Post = ["POST"];

    public static IReadOnlyList<IEndpointConventionBuilder> Map<TService>(IEndpointRouteBuilder routes)
        where TService : class
    {
        IServiceProvider services = routes.ServiceProvider;
        GrpcServerRegistry registry = services.GetService<GrpcServerRegistry>()
            ?? throw new InvalidOperationException("Unable to find the required services. Please add all the required services by calling 'IServiceCollection.AddGrpc' inside the call to 'ConfigureServices(...)' in the application startup code.");
        MethodOptions options = MethodOptions.Join(
            services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value,
            services.GetRequiredService<IOptions<GrpcServiceOptions<TService>>>().Value);
        IReadOnlyList<BoundMethod> methods = Bind<TService>(services, options);

        var endpoints = new List<IEndpointConventionBuilder>();
        foreach (BoundMethod bound in methods)
        {
            registry.Add(bound.Method.ServiceName);
            endpoints.Add(routes.Map(bound.Method.FullName, bound.Endpoint)
                .WithDisplayName("gRPC - " + bound.Method.FullName)
                .WithMetadata([.. bound.Metadata, new HttpMethodMetadata(Post, acceptCorsPreflight: true)]));
        }

        if (services.GetService<Transcoding>() is { } transcoding)
        {
            endpoints.AddRange(transcoding.Map(routes, typeof(TService), methods, options));
        }

        if (!options.IgnoreUnknownServices && registry.ClaimFallback())
        {
            UnimplementedEndpoint.Map(routes, registry);
        }

        return endpoints;
    }

    private static List<BoundMethod> Bind<TService>(IServiceProvider services, MethodOptions options)
        where TService : class
    {
        BindServiceMethodAttribute attribute = typeof(TService).GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
            ?? throw new InvalidOperationException($"{typeof(TService)} does not derive from a generated service base.");
        MethodInfo bind = attribute.BindType.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Single(method => method.Name == attribute.BindMethodName && method.GetParameters() is [{ ParameterType: var first }, _] && first == typeof(ServiceBinderBase));
        ILogger log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Grpc.AspNetCore.Server.ServerCallHandler");
        var host = new ServerHost(options, log, services.GetService<TimeProvider>() ?? TimeProvider.System, services.GetRequiredService<Singletons>());
        var binder = new ServiceBinder<TService>(host);
        bind.Invoke(null, [binder, null]);
        return binder.Methods;
    }
}
