namespace PromptPlatform.Architecture.Tests;

/// <summary>Fails a test with every offence on a line of its own; NUnit alone would cut the list.</summary>
internal static class Report
{
    public static void None(IEnumerable<string> offences, string cure)
    {
        var found = offences.ToList();

        Assert.That(found, Has.Count.Zero, $"Cure: {cure}{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
    }
}
