namespace Grpc.Core;

/// <summary>How a channel is secured: in plain text or by TLS, and with which call credentials.</summary>
public abstract class ChannelCredentials
{
    /// <summary>For derived kinds.</summary>
    public ChannelCredentials()
    {
    }

    /// <summary>Plain text.</summary>
    public static ChannelCredentials Insecure { get; } = new Plain(isSecure: false);

    /// <summary>TLS with the certificates that the HTTP handler trusts.</summary>
    public static ChannelCredentials SecureSsl { get; } = new Plain(isSecure: true);

    internal abstract bool IsSecure { get; }

    internal virtual CallCredentials? CallCredentials => null;

    /// <summary>Channel credentials that also apply call credentials to each call.</summary>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
        new Composite(channelCredentials, callCredentials);

    private sealed class Plain(bool isSecure) : ChannelCredentials
    {
        internal override bool IsSecure => isSecure;
    }

    private sealed class Composite(ChannelCredentials channel, CallCredentials call) : ChannelCredentials
    {
        internal override bool IsSecure => channel.IsSecure;

        internal override CallCredentials CallCredentials => call;
    }
}
