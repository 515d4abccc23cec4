using System.Text;

namespace Grpc.Core;

/// <summary>Who the peer is by its client certificate.</summary>
public class AuthContext(string? peerIdentityPropertyName, Dictionary<string, List<AuthProperty>> properties)
{
    /// <summary>Whether the peer showed a certificate.</summary>
    public bool IsPeerAuthenticated => PeerIdentityPropertyName is not null;

    /// <summary>Which property names the peer.</summary>
    public string? PeerIdentityPropertyName { get; } = peerIdentityPropertyName;

    /// <summary>The properties that name the peer.</summary>
    public IEnumerable<AuthProperty> PeerIdentity => PeerIdentityPropertyName is null ? [] : FindPropertiesByName(PeerIdentityPropertyName);

    /// <summary>All properties.</summary>
    public IEnumerable<AuthProperty> Properties => properties.Values.SelectMany(values => values);

    /// <summary>The properties of one name.</summary>
    public IEnumerable<AuthProperty> FindPropertiesByName(string propertyName) =>
        properties.TryGetValue(propertyName, out List<AuthProperty>? found) ? found : [];
}

/// <summary>One fact about the peer.</summary>
public class AuthProperty
{
    private readonly byte[] valueBytes;

    private AuthProperty(string name, byte[] valueBytes)
    {
        Name = name;
        this.valueBytes = valueBytes;
    }

    /// <summary>Name, e.g. x509_common_name.</summary>
    public string Name { get; }

    /// <summary>Value as text.</summary>
    public string Value => Encoding.UTF8.GetString(valueBytes);

    /// <summary>A copy of the value.</summary>
    public byte[] ValueBytes => (byte[])valueBytes.Clone();

    /// <summary>A property.</summary>
    public static AuthProperty Create(string name, byte[] valueBytes) => new(name, (byte[])valueBytes.Clone());
}
