using System.Diagnostics.Metrics;

namespace PromptPlatform.Gateway.Tests.Upstreams;

/// <summary>What a counter of the gateway has counted since.</summary>
internal sealed class CounterReading : IDisposable
{
    private readonly MeterListener _listener;
    private long _sum;

    public CounterReading(string name)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == name)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _sum, value));
        _listener.Start();
    }

    public long Sum => Interlocked.Read(ref _sum);

    public void Dispose() => _listener.Dispose();
}
