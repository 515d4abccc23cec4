using Microsoft.ML.OnnxRuntime.Native;

namespace PromptPlatform.OnnxRuntime.Tests;

public sealed class OrtSlotTests
{
    private static readonly string[] Names = ReadNames();

    [TestCaseSource(nameof(Slots))]
    public void OrtSlot_IsThePlaceOfItsNameInTheTable(string slot)
    {
        var place = (int)Enum.Parse<OrtSlot>(slot);

        Assert.That(Names[place], Is.EqualTo(slot));
    }

    [Test]
    public void OrtApiNames_AreDistinct() => Assert.That(Names, Is.Unique);

    private static string[] Slots() => Enum.GetNames<OrtSlot>();

    private static string[] ReadNames()
    {
        using var list = typeof(OrtSlotTests).Assembly.GetManifestResourceStream("PromptPlatform.OnnxRuntime.Tests.OrtApiNames.txt")!;
        using StreamReader reader = new(list);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
