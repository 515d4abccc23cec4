using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace PromptPlatform.GrpcTransport;

/// <summary>Turns the methods that generated code lists into endpoints. Delegates over the open instance let scoped services work.</summary>
internal sealed class ServiceBinder<TService>(ServerHost host) : ServiceBinderBase
    where TService : class
{
    private readonly ServiceActivator<TService> activator = new(host.Singletons);
    private readonly InterceptorPipeline interceptors = new(host);

    public List<BoundMethod> Methods { get; } = [];

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        MethodInfo implementation = Find(method, typeof(TRequest), typeof(ServerCallContext));
        var open = implementation.CreateDelegate<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>();
        UnaryServerMethod<TRequest, TResponse> invoke = interceptors.Wrap<TRequest, TResponse>((request, call) => open(Service(call), request, call));
        Func<ServerCall, Task> body = call => call.UnaryAsync(method, invoke);
        Add(method, implementation, invoke, http => Start(http, method, body));
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        MethodInfo implementation = Find(method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var open = implementation.CreateDelegate<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        ServerStreamingServerMethod<TRequest, TResponse> invoke =
            interceptors.Wrap<TRequest, TResponse>((request, responses, call) => open(Service(call), request, responses, call));
        Func<ServerCall, Task> body = call => call.ServerStreamingAsync(method, invoke);
        Add(method, implementation, invoke, http => Start(http, method, body));
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        MethodInfo implementation = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        var open = implementation.CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>();
        ClientStreamingServerMethod<TRequest, TResponse> invoke =
            interceptors.Wrap<TRequest, TResponse>((requests, call) => open(Service(call), requests, call));
        Func<ServerCall, Task> body = call => call.ClientStreamingAsync(method, invoke);
        Add(method, implementation, invoke, http => Start(http, method, body));
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        MethodInfo implementation = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var open = implementation.CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        DuplexStreamingServerMethod<TRequest, TResponse> invoke =
            interceptors.Wrap<TRequest, TResponse>((requests, responses, call) => open(Service(call), requests, responses, call));
        Func<ServerCall, Task> body = call => call.DuplexAsync(method, invoke);
        Add(method, implementation, invoke, http => Start(http, method, body));
    }

    private static MethodInfo Find(IMethod method, params Type[] parameters) =>
        typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance, parameters)
        ?? throw new InvalidOperationException($"{typeof(TService)} has no public method {method.Name} for {method.FullName}.");

    private Task Start(HttpContext http, IMethod method, Func<ServerCall, Task> body) =>
        CallRejection.TryReject(http) ? Task.CompletedTask : new ServerCall(http, method, host).RunAsync(body);

    private TService Service(ServerCallContext call) => activator.Get(call.GetHttpContext());

    private void Add<TRequest, TResponse>(Method<TRequest, TResponse> method, MethodInfo implementation, Delegate invoke, RequestDelegate endpoint) =>
        Methods.Add(new BoundMethod(
            method,
            endpoint,
            invoke,
            typeof(TRequest),
            typeof(TResponse),
            [new GrpcMethodMetadata(typeof(TService), method), .. typeof(TService).GetCustomAttributes(inherit: true), .. implementation.GetCustomAttributes(inherit: true)]));
}
