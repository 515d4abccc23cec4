using PromptPlatform.GrpcTransport;

namespace Grpc.Core.Interceptors;

/// <summary>Wraps invokers in interceptors.</summary>
public static class CallInvokerExtensions
{
    /// <summary>The interceptor sees each call before the invoker.</summary>
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor) => new InterceptingCallInvoker(invoker, interceptor);

    /// <summary>The first interceptor sees each call first.</summary>
    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors) =>
        Enumerable.Reverse(interceptors).Aggregate(invoker, Intercept);

    /// <summary>Changes the headers of each call.</summary>
    public static CallInvoker Intercept(this CallInvoker invoker, Func<Metadata, Metadata> interceptor) =>
        invoker.Intercept(new MetadataInterceptor(interceptor));
}

/// <summary>Wraps channels in interceptors.</summary>
public static class ChannelExtensions
{
    /// <summary>The interceptor sees each call before the channel.</summary>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor) => channel.CreateCallInvoker().Intercept(interceptor);

    /// <summary>The first interceptor sees each call first.</summary>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors) => channel.CreateCallInvoker().Intercept(interceptors);
}
