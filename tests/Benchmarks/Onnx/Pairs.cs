using System.Globalization;

namespace PromptPlatform.Benchmarks.Onnx;

/// <summary>Medians of two sides that took turns, round by round.</summary>
internal sealed class Pairs
{
    private readonly List<double> ours = [];
    private readonly List<double> theirs = [];

    public void Add(double[] oursOfRound, double[] theirsOfRound)
    {
        ours.Add(Median(oursOfRound));
        theirs.Add(Median(theirsOfRound));
    }

    /// <summary>Median of our medians.</summary>
    public double Ours => Median([.. ours]);

    /// <summary>Median of theirs.</summary>
    public double Theirs => Median([.. theirs]);

    /// <summary>Ours to theirs: the median of the rounds' ratios, and in brackets the middle half of them.</summary>
    public string Ratio()
    {
        double[] ratios = [.. ours.Zip(theirs, (our, their) => our / their).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{Median(ratios):0.000} ({ratios[ratios.Length / 4]:0.000}–{ratios[ratios.Length * 3 / 4]:0.000})");
    }

    public static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
