using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PromptPlatform.Inference.Models;
using PromptPlatform.Inference.Tokenization;

namespace PromptPlatform.Inference.Tests;

/// <summary>Test data beside the tests, and the real model where the service brings it.</summary>
internal static class Fixture
{
    public static string TinyFolder { get; } = Path.Combine(TestContext.CurrentContext.TestDirectory, "Fixtures", "tiny");

    public static string ModelFolder { get; } = Path.Combine(AppContext.BaseDirectory, "Model");

    public static T Read<T>(params string[] path) =>
        JsonSerializer.Deserialize<T>(File.ReadAllBytes(Path.Combine([TestContext.CurrentContext.TestDirectory, "Fixtures", .. path])), JsonSerializerOptions.Web)!;

    public static LoadedModel Load(string folder) => LoadedModel.Load(ModelFiles.In(folder), Accelerator.Cpu, 0, NullLogger.Instance);

    public static int[] Encode(Tokenizer tokenizer, string text)
    {
        Rented<int> ids = new(16);
        try
        {
            tokenizer.Encode(text, ref ids);
            return ids.Items.ToArray();
        }
        finally
        {
            ids.Dispose();
        }
    }
}

internal sealed record TokenCase(string Text, int[] Ids);

internal sealed record LogitCase(string Text, float[] Logits);
