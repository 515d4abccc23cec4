using Microsoft.ML.OnnxRuntime;
using PromptPlatform.Inference.Batching;
using PromptPlatform.Inference.Tokenization;

namespace PromptPlatform.Inference.Models;

/// <summary>A model in memory: its card, its tokenizer and its session.</summary>
internal sealed class LoadedModel(ModelCard card, Tokenizer tokenizer, InferenceSession session, string provider, long sizeBytes) : IDisposable
{
    public ModelCard Card => card;

    public Tokenizer Tokenizer => tokenizer;

    /// <summary>Name of the execution provider.</summary>
    public string Provider => provider;

    public long SizeBytes => sizeBytes;

    /// <summary>Loads files and checks that they belong together.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or does not fit the others.</exception>
    /// <exception cref="OnnxRuntimeException">The graph does not load.</exception>
    /// <exception cref="DllNotFoundException">The native library is missing.</exception>
    public static LoadedModel Load(ModelFiles files, Accelerator accelerator, int deviceId, ILogger logger)
    {
        // 1 files  2 card  3 tokenizer  4 session  5 shapes
        files.CheckPresent();

        // 2
        using var cardFile = File.OpenRead(files.Card);
        var card = ModelCard.Read(cardFile);
        var version = files.ContentVersion();
        if (card.Version != version) throw new InvalidDataException($"model.json is of version {card.Version}, the files beside it are of version {version}");

        // 3
        using var tokenizerFile = new BufferedStream(File.OpenRead(files.Tokenizer));
        var vocabulary = Vocabulary.Read(tokenizerFile);
        if (vocabulary.PadId != card.PadId) throw new InvalidDataException($"the padding id is {card.PadId} in model.json, {vocabulary.PadId} in tokenizer.bin");

        // 4
        var (session, provider) = ExecutionProvider.Open(files.Graph, accelerator, deviceId, logger);
        try
        {
            // 5
            CheckShapes(session, card);
            return new(card, new(vocabulary), session, provider, files.SizeBytes);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Buffers for one Run at a time.</summary>
    public IBatchRunner CreateRunner(BatchingOptions limits) => new OnnxBatchRunner(
        session, card.Width, card.PadId,
        maxTokens: Math.Max(limits.MaxBatchTokens, card.MaxTokens),
        maxRows: Math.Max(limits.MaxBatchPrompts, BatchingOptions.MaxAttributionRows));

    public void Dispose() => session.Dispose();

    private static void CheckShapes(InferenceSession session, ModelCard card)
    {
        foreach (var input in (ReadOnlySpan<string>)[ModelFiles.IdsInput, ModelFiles.MaskInput])
        {
            if (!session.InputNames.Contains(input)) throw new InvalidDataException($"the graph has no input {input}");
        }

        if (!session.OutputMetadata.TryGetValue(ModelFiles.LogitsOutput, out var logits) || logits.Dimensions is not [_, var width])
        {
            throw new InvalidDataException($"the graph has no output {ModelFiles.LogitsOutput} of two dimensions");
        }

        if (width != card.Width) throw new InvalidDataException($"the graph answers {width} logits, model.json names {card.Width} labels");
    }
}
