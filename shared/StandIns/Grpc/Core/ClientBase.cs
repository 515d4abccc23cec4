namespace Grpc.Core;

/// <summary>Base of generated clients.</summary>
public abstract class ClientBase
{
    private readonly ClientBaseConfiguration? configuration;

    /// <summary>For test doubles, which have no invoker.</summary>
    protected ClientBase()
    {
    }

    /// <summary>A client with a configuration of its own, such as another host.</summary>
    protected ClientBase(ClientBaseConfiguration configuration) => this.configuration = configuration;

    /// <summary>A client over a channel.</summary>
    public ClientBase(ChannelBase channel) : this(channel.CreateCallInvoker())
    {
    }

    /// <summary>A client over an invoker.</summary>
    public ClientBase(CallInvoker callInvoker) : this(new ClientBaseConfiguration(callInvoker, null))
    {
    }

    /// <summary>Starts the calls of this client.</summary>
    protected CallInvoker CallInvoker => configuration?.CreateDecoratedCallInvoker()
        ?? throw new InvalidOperationException("The client was made without a call invoker.");

    internal ClientBaseConfiguration Configuration => configuration
        ?? throw new InvalidOperationException("The client was made without a configuration.");

    /// <summary>What a derived client hands on to its copies.</summary>
    protected internal class ClientBaseConfiguration
    {
        private readonly CallInvoker undecorated;
        private readonly string? host;

        internal ClientBaseConfiguration(CallInvoker undecorated, string? host)
        {
            this.undecorated = undecorated;
            this.host = host;
        }

        internal CallInvoker CreateDecoratedCallInvoker() => host is null ? undecorated : new HostCallInvoker(undecorated, host);

        internal ClientBaseConfiguration WithHost(string newHost) => new(undecorated, newHost);
    }
}

/// <summary>Base of generated clients that can be copied for another host.</summary>
public abstract class ClientBase<T> : ClientBase
    where T : ClientBase<T>
{
    /// <inheritdoc cref="ClientBase()"/>
    protected ClientBase()
    {
    }

    /// <inheritdoc cref="ClientBase(ClientBase.ClientBaseConfiguration)"/>
    protected ClientBase(ClientBaseConfiguration configuration) : base(configuration)
    {
    }

    /// <inheritdoc cref="ClientBase(ChannelBase)"/>
    public ClientBase(ChannelBase channel) : base(channel)
    {
    }

    /// <inheritdoc cref="ClientBase(CallInvoker)"/>
    public ClientBase(CallInvoker callInvoker) : base(callInvoker)
    {
    }

    /// <summary>A copy that sends this host as authority.</summary>
    public T WithHost(string host) => NewInstance(Configuration.WithHost(host));

    /// <summary>Makes the copy.</summary>
    protected abstract T NewInstance(ClientBaseConfiguration configuration);
}
