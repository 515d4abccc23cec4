using System.Reflection;
using Google.Api;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace PromptPlatform.GrpcTransport;

/// <summary>Maps the google.api.http bindings of a service to endpoints of their own.</summary>
internal sealed class Transcoding(IOptions<GrpcJsonTranscodingOptions> settings, ILoggerFactory logs, IServiceProvider services)
{
    private readonly ILogger log = logs.CreateLogger("Microsoft.AspNetCore.Grpc.JsonTranscoding");

    public IReadOnlyList<IEndpointConventionBuilder> Map(IEndpointRouteBuilder routes, Type serviceType, IReadOnlyList<BoundMethod> methods, MethodOptions options)
    {
        if (DescriptorOf(serviceType) is not { } service)
        {
            return [];
        }

        var host = new ServerHost(options, log, (TimeProvider?)services.GetService(typeof(TimeProvider)) ?? TimeProvider.System, services.GetRequiredService<Singletons>());
        var json = new TranscodingJson(service.File, settings.Value);
        var endpoints = new List<IEndpointConventionBuilder>();
        foreach (BoundMethod bound in methods)
        {
            MethodDescriptor method = service.FindMethodByName(bound.Method.Name);
            if (method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is not { } rule)
            {
                continue;
            }

            foreach (HttpRule binding in rule.AdditionalBindings.Prepend(rule))
            {
                endpoints.Add(Map(routes, bound, new HttpBinding(method, binding), json, host));
            }
        }

        return endpoints;
    }

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes, BoundMethod bound, HttpBinding binding, TranscodingJson json, ServerHost host)
    {
        RequestDelegate handler = TranscodedHandler.Create(bound, binding, json, host);
        return routes.Map(RoutePatternFactory.Parse(binding.Template.ToRoutePattern()), handler)
            .WithDisplayName($"gRPC - {binding.Verb} {binding.Path} -> {bound.Method.FullName}")
            .WithMetadata([.. bound.Metadata, new GrpcJsonTranscodingMetadata(binding.Method, binding.Rule), new HttpMethodMetadata([binding.Verb], acceptCorsPreflight: true)]);
    }

    // The generated class that holds the bind method also holds the descriptor.
    private static ServiceDescriptor? DescriptorOf(Type serviceType) =>
        serviceType.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)?.BindType
            .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor;
}
