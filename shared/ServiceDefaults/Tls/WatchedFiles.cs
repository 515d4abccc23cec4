using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.ServiceDefaults.Tls;

/// <summary>Something that is made of files and made anew when their contents change. While they make no sense, the last good one stays.</summary>
internal sealed class WatchedFiles<T> where T : class
{
    private readonly IReadOnlyList<SettingFile> _files;
    private readonly Func<IReadOnlyList<byte[]>, T> _make;
    private readonly ILogger _logger;
    private volatile T _current;
    private byte[] _loaded = [];
    private string _complaint = "";

    /// <summary>Reads the files for the first time; what is wrong with them is a <see cref="SettingsException"/>.</summary>
    public WatchedFiles(IReadOnlyList<SettingFile> files, Func<IReadOnlyList<byte[]>, T> make, ILogger logger)
    {
        _files = files;
        _make = make;
        _logger = logger;
        var contents = Read(out _loaded);
        _current = make(contents);
    }

    /// <summary>The newest that made sense.</summary>
    public T Current => _current;

    /// <summary>Looks at the files again. One caller at a time.</summary>
    public void Refresh()
    {
        try
        {
            var contents = Read(out byte[] hash);
            if (hash.AsSpan().SequenceEqual(_loaded))
                return;
            // Tried again at each look, though the contents are the same: a certificate may become valid.
            _current = _make(contents);
            _loaded = hash;
            _complaint = "";
            _logger.TlsFilesTaken(_files[0].Setting, _files[0].Path);
        }
        catch (SettingsException error)
        {
            if (error.Message != _complaint)
                _logger.TlsFilesRefused(error.Message);
            _complaint = error.Message;
        }
    }

    private byte[][] Read(out byte[] hash)
    {
        byte[][] contents = [.. _files.Select(file => file.Read())];
        hash = SHA256.HashData([.. contents.SelectMany(SHA256.HashData)]);
        return contents;
    }
}
