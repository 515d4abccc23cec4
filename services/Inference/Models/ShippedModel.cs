using Microsoft.Extensions.Options;

namespace PromptPlatform.Inference.Models;

/// <summary>The model that ships with the product: it serves while there is no registry, or none that can be asked.</summary>
internal sealed class ShippedModel(IOptions<InferenceOptions> options)
{
    public string Folder { get; } = Path.GetFullPath(options.Value.ModelFolder, AppContext.BaseDirectory);

    public ModelFiles Files => ModelFiles.In(Folder);

    /// <summary>Its version as its card says; null when the card cannot be read.</summary>
    public string? Version()
    {
        try
        {
            using var card = File.OpenRead(Files.Card);
            return ModelCard.Read(card).Version;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // Whoever loads it gets the reason; here it only is no version that anybody could mean.
            return null;
        }
    }
}
