using PromptPlatform.Contracts.Analytics.V1;

namespace PromptPlatform.Analytics.Facts;

/// <summary>Shares as the API shows them.</summary>
internal static class ShareMapping
{
    public static Share ToShare(this Proportion proportion, double z)
    {
        var share = new Share { Hits = proportion.Hits, Of = proportion.Of };
        if (proportion.Of == 0)
            return share;
        (share.Low, share.High) = proportion.Interval(z);
        share.Rate = proportion.Rate;
        return share;
    }
}
