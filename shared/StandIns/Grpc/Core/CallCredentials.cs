namespace Grpc.Core;

/// <summary>Adds metadata, such as a token, to each call.</summary>
public abstract class CallCredentials
{
    /// <summary>Credentials that a function writes.</summary>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) => new Interceptor(interceptor);

    /// <summary>Applies several credentials in order.</summary>
    public static CallCredentials Compose(params CallCredentials[] credentials) => new Composite([.. credentials]);

    internal abstract Task ApplyAsync(AuthInterceptorContext context, Metadata metadata);

    private sealed class Interceptor(AsyncAuthInterceptor interceptor) : CallCredentials
    {
        internal override Task ApplyAsync(AuthInterceptorContext context, Metadata metadata) => interceptor(context, metadata);
    }

    private sealed class Composite(CallCredentials[] parts) : CallCredentials
    {
        internal override async Task ApplyAsync(AuthInterceptorContext context, Metadata metadata)
        {
            foreach (CallCredentials part in parts)
            {
                await part.ApplyAsync(context, metadata).ConfigureAwait(false);
            }
        }
    }
}
