namespace PromptPlatform.Inference.Models;

/// <summary>One question that the model answers.</summary>
/// <param name="Name">Such as intent.</param>
/// <param name="Labels">The answers, in the order of their logits.</param>
/// <param name="Temperature">Calibration: logits are divided by it before the softmax. Above 0.</param>
internal sealed record ModelHead(string Name, IReadOnlyList<string> Labels, double Temperature)
{
    /// <summary>Calibrated probabilities of the labels; they sum to 1.</summary>
    public void Calibrate(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        var highest = float.NegativeInfinity;
        foreach (var logit in logits) highest = Math.Max(highest, logit);
        double sum = 0;
        for (var i = 0; i < logits.Length; i++)
        {
            var weight = Math.Exp((logits[i] - highest) / Temperature);
            probabilities[i] = (float)weight;
            sum += weight;
        }

        for (var i = 0; i < probabilities.Length; i++) probabilities[i] = (float)(probabilities[i] / sum);
    }

    internal void Check()
    {
        if (Labels.Count < 2) throw new InvalidDataException($"model.json: head {Name} has fewer than two labels");
        if (Labels.Distinct(StringComparer.Ordinal).Count() != Labels.Count) throw new InvalidDataException($"model.json: head {Name} has a label twice");
        if (!(Temperature is > 0 and < 100)) throw new InvalidDataException($"model.json: head {Name} has temperature {Temperature}, outside 0..100");
    }
}
