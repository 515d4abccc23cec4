using System.Collections;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>The services of the health protocol.</summary>
public sealed class ServiceMappingCollection : ICollection<ServiceMapping>
{
    private readonly Dictionary<string, ServiceMapping> mappings = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public int Count => mappings.Count;

    bool ICollection<ServiceMapping>.IsReadOnly => false;

    /// <summary>Maps a service to the checks that the predicate chooses, in place of an earlier mapping.</summary>
    public void Map(string name, Func<HealthCheckMapContext, bool> predicate) => mappings[name] = new ServiceMapping(name, predicate);

    /// <summary>Removes a service.</summary>
    public void Remove(string name) => mappings.Remove(name);

    /// <inheritdoc/>
    public void Add(ServiceMapping service) => mappings.Add(service.Name, service);

    /// <inheritdoc/>
    public void Clear() => mappings.Clear();

    bool ICollection<ServiceMapping>.Contains(ServiceMapping item) => mappings.ContainsValue(item);

    void ICollection<ServiceMapping>.CopyTo(ServiceMapping[] array, int arrayIndex) => mappings.Values.CopyTo(array, arrayIndex);

    bool ICollection<ServiceMapping>.Remove(ServiceMapping item) => mappings.Remove(item.Name);

    /// <inheritdoc/>
    public IEnumerator<ServiceMapping> GetEnumerator() => mappings.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
