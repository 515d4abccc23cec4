using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace PromptPlatform.Faults.Tests.Ledgers;

/// <summary>Counters of messaging that outlive their process: a file for each, one byte longer with each count.</summary>
internal sealed class CounterFiles : IDisposable
{
    private readonly ConcurrentDictionary<string, FileStream> _files = new();
    private readonly MeterListener _listener = new();
    private readonly string _folder;

    /// <summary>Begins to count.</summary>
    /// <param name="folder">Where the files are, those of earlier processes too.</param>
    public CounterFiles(string folder)
    {
        _folder = folder;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "PromptPlatform.Messaging")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, _, _) => Add(instrument.Name, count));
        _listener.Start();
    }

    /// <summary>What all processes together counted.</summary>
    public static long Read(string folder, string counter) => new FileInfo(Path.Combine(folder, counter)) is { Exists: true } file ? file.Length : 0;

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var file in _files.Values)
            file.Dispose();
    }

    private void Add(string counter, long count)
    {
        // Without a buffer of ours, what was counted is in the system's hands when the process is killed.
        var file = _files.GetOrAdd(counter, name => new FileStream(Path.Combine(_folder, name), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
        lock (file)
            file.Write(new byte[count]);
    }
}
