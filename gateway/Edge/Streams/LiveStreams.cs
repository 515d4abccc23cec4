using Microsoft.Extensions.Options;
using PromptPlatform.Gateway.Access;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Identity;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Gateway.Edge.Streams;

/// <summary>
/// The streams and sockets that are open: so many in all, and so many of one organisation. A credential that is revoked, or a
/// token that ends, ends those it opened.
/// </summary>
internal sealed class LiveStreams : IDisposable
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);
    private readonly Lock _door = new();
    private readonly HashSet<LiveStream> _open = [];
    private readonly Dictionary<Guid, int> _ofOrganization = [];
    private readonly RevocationList _revocations;
    private readonly TimeProvider _clock;
    private readonly EdgeOptions _options;

    public LiveStreams(RevocationList revocations, TimeProvider clock, IOptions<EdgeOptions> options)
    {
        (_revocations, _clock, _options) = (revocations, clock, options.Value);
        revocations.Revoked += End;
    }

    /// <summary>Streams that are open.</summary>
    public int Count
    {
        get
        {
            lock (_door)
                return _open.Count;
        }
    }

    /// <summary>
    /// Notes a stream until the result is disposed; <paramref name="end"/> is cancelled when it has to end. Callers without a
    /// credential are one organisation together. Error: 429 when there are too many.
    /// </summary>
    public IDisposable Add(Grant? grant, CancellationTokenSource end)
    {
        var organization = grant?.Caller.OrgId ?? Guid.Empty;
        var stream = new LiveStream(this, organization, grant?.Caller, end);
        lock (_door)
        {
            int ofOrganization = _ofOrganization.GetValueOrDefault(organization);
            if (ofOrganization >= _options.MaxStreamsPerOrganization)
                throw Full("the organisation has");
            if (_open.Count >= _options.MaxStreams)
                throw Full("there are");
            _ofOrganization[organization] = ofOrganization + 1;
            _open.Add(stream);
        }
        if (grant?.CallerEndsAt is { } endsAt)
            stream.EndAt(endsAt, _clock);
        // Revoked between the check of the credential and its being noted.
        if (grant is not null && _revocations.IsRevoked(grant.Caller))
            stream.End();
        return stream;
    }

    public void Dispose() => _revocations.Revoked -= End;

    /// <summary>A stream is over.</summary>
    public void Remove(LiveStream stream)
    {
        lock (_door)
        {
            if (_open.Remove(stream) && --_ofOrganization[stream.Organization] == 0)
                _ofOrganization.Remove(stream.Organization);
        }
    }

    private void End(string kind, string id)
    {
        List<LiveStream> ended;
        lock (_door)
            ended = [.. _open.Where(s => s.Caller is { } caller && (kind == "key" ? caller.KeyId == id : PublicId.Format("org", caller.OrgId) == id))];
        ended.ForEach(stream => stream.End());
    }

    private static RequestException Full(string who) =>
        RequestException.Exhausted("too_many_streams", $"{who} too many streams open; close one, or wait as long as Retry-After says", s_retryAfter);
}
