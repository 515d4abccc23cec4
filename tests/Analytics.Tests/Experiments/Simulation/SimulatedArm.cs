using PromptPlatform.Analytics.Experiments.Statistics;

namespace PromptPlatform.Analytics.Tests.Experiments.Simulation;

/// <summary>The sums of an arm whose units come back: a unit's earlier part is taken out before its new one goes in.</summary>
internal sealed class SimulatedArm
{
    private long _units;
    private double _y, _n, _yy, _nn, _yn;

    public ArmSums Sums => new(_units, _y, _n, _yy, _nn, _yn);

    public void Grow(ref (int Y, int N) unit, int y, int n)
    {
        if (unit.N == 0)
            _units++;
        var after = (Y: unit.Y + y, N: unit.N + n);
        _y += y;
        _n += n;
        _yy += (after.Y * after.Y) - (unit.Y * unit.Y);
        _nn += (after.N * after.N) - (unit.N * unit.N);
        _yn += (after.Y * after.N) - (unit.Y * unit.N);
        unit = after;
    }
}
